import { isProductName } from '@candor/protocol';
import { isVersionRange } from '@candor/storage';
import { ServerError } from '../server-error.js';

/** The settings of a product beside its field lists. */
export interface ProductSettings {
  readonly releases: readonly string[];
  readonly retired: readonly string[];
  readonly stopped: readonly string[];
  readonly sampled: Readonly<Record<string, number>>;
  readonly public: boolean;
  readonly publicFields?: boolean | undefined;
  readonly questions: readonly (readonly [string] | readonly [string, string])[];
}

/** Checks the rules for products that the schema cannot express. Throws `ERR_OPTION`, with the path of the setting. */
export function checkProducts(products: Readonly<Record<string, ProductSettings>>): void {
  for (const [name, { stopped, sampled, retired, questions }] of Object.entries(products)) {
    if (!isProductName(name)) {
      throw new ServerError(
        'ERR_OPTION',
        `products.${name}: a product name must be lower-case letters, digits, ".", "_", "-".`,
      );
    }
    const path = `products.${name}`;
    checkEach(`${path}.stopped`, stopped, isVersionRange, 'a range of versions such as "<1.4"');
    for (const [range, share] of Object.entries(sampled)) {
      if (isVersionRange(range) && share > 0 && share <= 1) continue;
      throw new ServerError(
        'ERR_OPTION',
        `${path}.sampled must have a share above 0 and up to 1 for each range of versions such as "<1.4".`,
      );
    }
    checkEach(
      `${path}.retired`,
      retired,
      (digest) => /^[0-9a-f]{64}$/.test(digest),
      'the digest of a field list, 64 hexadecimal digits',
    );
    checkEach(
      `${path}.questions`,
      questions,
      ({ length }: readonly string[]) => length === 1 || length === 2,
      'one path or two',
    );
  }
}

function checkEach<Value>(
  path: string,
  values: readonly Value[],
  isRight: (value: Value) => boolean,
  what: string,
): void {
  const at = values.findIndex((value) => !isRight(value));
  if (at >= 0) throw new ServerError('ERR_OPTION', `${path}[${at}] must be ${what}.`);
}
