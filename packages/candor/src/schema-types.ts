import type { SchemaSource } from '@candor/schema';

/**
 * The type of the values that a schema describes: the output of a Standard Schema (Zod, Valibot, ArkType), or the type
 * that a TypeBox or literal JSON Schema describes. `object` if the schema's type is not known.
 */
export type ValueOf<Schema> = Schema extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? ObjectIn<Output>
    : object
  : ObjectIn<JsonValue<Schema>>;

/** A configuration is an object; any type that may be something else becomes `object`. */
type ObjectIn<Value> = unknown extends Value ? object : Readable<Extract<Value, object>>;

/** The read-only form of a value, since a host may keep its configuration read-only. */
type Readable<Value> = Value extends (...args: never[]) => unknown
  ? Value
  : { readonly [Key in keyof Value]: Readable<Value[Key]> };

/** The type that a JSON Schema describes, by the keywords that decide a type; unknown with other ones. */
type JsonValue<Schema> = Schema extends { readonly const: infer Constant }
  ? Constant
  : Schema extends { readonly enum: readonly (infer Member)[] }
    ? Member
    : Schema extends { readonly anyOf: readonly (infer Alternative)[] }
      ? JsonValue<Alternative>
      : Schema extends { readonly type: 'object'; readonly properties: infer Properties }
        ? JsonObject<Properties, RequiredIn<Schema>>
        : Schema extends { readonly type: 'array'; readonly items: infer Item }
          ? readonly JsonValue<Item>[]
          : Schema extends { readonly type: infer Type extends keyof JsonTypes }
            ? JsonTypes[Type]
            : unknown;

interface JsonTypes {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly null: null;
}

type RequiredIn<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;

type JsonObject<Properties, Required> = {
  readonly [Key in keyof Properties as Key extends Required ? Key : never]: JsonValue<Properties[Key]>;
} & {
  readonly [Key in keyof Properties as Key extends Required ? never : Key]?: JsonValue<Properties[Key]>;
};

/**
 * The paths of a value's type, to complete in an editor: `providers`, `providers.docker`, `sites.*`. Bounded in depth,
 * and without keys that a path has to quote.
 */
export type PathIn<Value, Depth extends number = 4> = [Depth] extends [never]
  ? never
  : Value extends readonly (infer Member)[]
    ? Under<'*', Member, Depth>
    : Value extends object
      ? { [Key in keyof Value & string]-?: Under<Step<Key>, NonNullable<Value[Key]>, Depth> }[keyof Value &
          string]
      : never;

type Under<Key extends string, Member, Depth extends number> = Key | `${Key}.${PathIn<Member, Less[Depth]>}`;

/** A key as one path segment; any member of a map is `*`. */
type Step<Key extends string> = string extends Key
  ? '*'
  : Key extends `${string}${'.' | '/' | '[' | ']' | '*' | '"' | '\\' | ' '}${string}`
    ? never
    : Key;

type Less = [never, never, 1, 2, 3];

/** The type of facts: that of their schema, or never without one. */
export type FactsOf<Schema> = Schema extends SchemaSource ? ValueOf<Schema> : never;
