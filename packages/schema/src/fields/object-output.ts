import { objectRange } from '../bounds.js';
import { isUndeclared } from '../masks.js';
import type { SchemaNode } from '../schema-node.js';
import { isExported } from '../tree/tag.js';
import type { OutputDraft, OutputFor } from './output-draft.js';
import type { NamesOutput, TextOutput } from './output-schema.js';
import { textOutput, withRange } from './text-output.js';

/** Adds the object that some of the nodes export to an output schema. */
export function fillObject(output: OutputDraft, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const objects = nodes.filter((node) => isExported(node) && node.kinds.includes('object'));
  if (objects.length === 0) return;
  // Sorted, so that moving a property in the source does not move an output schema.
  const keys = new Set(objects.flatMap(({ properties }) => [...properties.keys()]).sort());
  const members = objects.flatMap(membersOf);
  const properties = [...keys].map((key): [string, number] => {
    const declared = objects.flatMap((node) => node.properties.get(key) ?? membersOf(node));
    return [key, outputFor(declared)];
  });
  const names = namesOf(objects);
  const most = Math.max(...objects.map((node) => objectRange(node).maxProperties ?? Infinity));
  if (objects.length > 1) {
    output.alternatives = objects.map((node) => ({
      schema: outputFor([node]),
      discriminators: constantsOf(node),
    }));
  }
  output.object = {
    properties,
    ...(members.length > 0 && { additionalProperties: outputFor(members) }),
    ...(members.length > 0 && names !== undefined && { propertyNames: names }),
    ...(most < Infinity && { maxProperties: most }),
  };
}

function constantsOf({ properties }: SchemaNode): string[] {
  return [...properties].flatMap(([key, { values, tag }]) =>
    values !== undefined && tag?.transform === undefined ? [key] : [],
  );
}

function membersOf({ patternProperties, additionalProperties }: SchemaNode): SchemaNode[] {
  return [
    ...patternProperties.map(({ node }) => node),
    ...(additionalProperties === undefined ? [] : [additionalProperties]),
  ].filter((node) => !isUndeclared(node));
}

function namesOf(objects: readonly SchemaNode[]): NamesOutput | undefined {
  const literals = new Set<string>();
  let text: readonly TextOutput[] | undefined;
  for (const { propertyNames } of objects) {
    if (propertyNames?.tag === undefined || propertyNames.anyOf.length > 0) continue;
    const { tag, values } = propertyNames;
    const listed = tag.transform?.kind === 'only' ? tag.transform.values : tag.transform ? [] : values;
    if (listed === undefined) text = withRange(text, textOutput(propertyNames));
    for (const value of listed ?? []) if (typeof value === 'string') literals.add(value);
  }
  if (literals.size === 0 && text === undefined) return undefined;
  return { literals: [...literals], ...(text !== undefined && { text }) };
}
