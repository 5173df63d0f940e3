/** Imports a package that a comparison names in `peers`. */
export type Peers = (name: string) => Promise<Record<string, unknown>>;

/** Makes one way to do the job ready for an input, and returns what is to be timed. */
export type Variant<Input> = (input: Input, peers: Peers) => Promise<() => unknown>;

/** The same work done by several libraries on the same inputs. */
export interface ComparisonOptions<Input> {
  readonly name: string;
  readonly title: string;
  /** npm packages with exact versions. */
  readonly peers: readonly string[];
  /** Inputs by the name of their case. */
  readonly cases: Readonly<Record<string, () => Input>>;
  readonly variants: Readonly<Record<string, Variant<Input>>>;
  /** The variant whose time is 1. */
  readonly reference: string;
  /** Variants that are not measured on a case, by case. */
  readonly without?: Readonly<Record<string, readonly string[]>>;
  /** Throws where a variant did not do the job; called before anything is timed. */
  check(output: unknown, input: Input, variant: string): void;
  /** Aims, and what the table does not say; Markdown. */
  readonly remarks: readonly string[];
}

/** A comparison whose inputs are its own matter. */
export interface Comparison extends Omit<
  ComparisonOptions<never>,
  'cases' | 'variants' | 'without' | 'check'
> {
  readonly cases: readonly string[];
  readonly variantsOf: (caseName: string) => readonly string[];
  /** Makes a variant ready, sees that it does the job, and returns it. */
  readonly prepare: (caseName: string, variant: string, peers: Peers) => Promise<() => unknown>;
}

/** Defines a comparison. */
export function defineComparison<Input>(options: ComparisonOptions<Input>): Comparison {
  const { cases, variants, without = {}, check, ...rest } = options;
  return {
    ...rest,
    cases: Object.keys(cases),
    variantsOf: (caseName) =>
      Object.keys(variants).filter((variant) => without[caseName]?.includes(variant) !== true),
    prepare: async (caseName, variant, peers) => {
      const makeInput = cases[caseName];
      const makeReady = variants[variant];
      if (makeInput === undefined || makeReady === undefined) {
        throw new Error(`${options.name}: no case ${caseName} with a variant ${variant}`);
      }
      const input = makeInput();
      const call = await makeReady(input, peers);
      check(call(), input, variant);
      return call;
    },
  };
}
