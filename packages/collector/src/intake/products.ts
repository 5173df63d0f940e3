import { createVerifier, type Verified } from '@candor/anonymizer';
import { isProductName, type Json } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import { isVersionRange, type Question, versionRange } from '@candor/storage';
import { CollectorError } from '../collector-error.js';
import type { ProductRegistration } from '../options.js';
import { Problem } from '../problem.js';
import { createFlatten, type Flatten } from './flatten.js';

/** The verifier and the facts of one field list. */
export interface Guard {
  readonly digest: string;
  readonly verify: (document: Json) => Verified;
  readonly flatten: Flatten;
}

/** The registered products and their field lists. */
export interface Products {
  has(product: string): boolean;
  /** Returns true if the product's maintainer listed the version. */
  isRelease(product: string, version: string): boolean;
  /** The crosses to keep, for all products. */
  readonly questions: readonly Question[];
  /** Throws a `Problem` (410) if reports of a version are not wanted. */
  checkWanted(product: string, version: string): void;
  /** Returns the share of a version's reports that is kept. */
  share(product: string, version: string): number;
  /**
   * Returns the guard of a field list; null: no field list describes the version. Throws a `Problem`: 404, 410 or 422.
   */
  guard(product: string, digest: string | null): Guard;
}

interface Product {
  readonly guards: ReadonlyMap<string, Guard>;
  readonly retired: ReadonlySet<string>;
  readonly releases: ReadonlySet<string>;
  readonly isStopped: (version: string) => boolean;
  readonly shares: readonly { readonly holds: (version: string) => boolean; readonly share: number }[];
}

/** Compiles registrations; a report may take `maxSteps` to verify. Throws `ERR_PRODUCT`, or what `createVerifier` throws for a damaged field list. */
export function createProducts(registrations: readonly ProductRegistration[], maxSteps: number): Products {
  const products = new Map<string, Product>();
  const questions: Question[] = [];
  for (const registration of registrations) {
    const { product, fieldLists, retired, releases, stopped = [], sampled = {} } = registration;
    if (!isProductName(product)) {
      throw new CollectorError(
        'ERR_PRODUCT',
        'A product name must be lower-case letters, digits, ".", "_", "-".',
      );
    }
    if (products.has(product)) {
      throw new CollectorError('ERR_PRODUCT', `The product ${product} is registered twice.`);
    }
    products.set(product, {
      guards: new Map(fieldLists.map((list) => [list.digest, toGuard(list, maxSteps)] as const)),
      retired: new Set(retired),
      releases: new Set(releases),
      isStopped: toTest(stopped),
      shares: Object.entries(sampled).map(([range, share]) => {
        if (!(share > 0 && share <= 1)) {
          throw new CollectorError('ERR_PRODUCT', 'A share of reports must be above 0 and up to 1.');
        }
        return { holds: toTest([range]), share };
      }),
    });
    for (const paths of registration.questions ?? []) questions.push({ product, paths });
  }
  return {
    has: (product) => products.has(product),
    questions,
    checkWanted(product, version) {
      if (products.get(product)?.isStopped(version) !== true) return;
      throw new Problem('stopped', 'Reports of this version are not wanted any more.');
    },
    share(product, version) {
      const met = products.get(product)?.shares.filter(({ holds }) => holds(version)) ?? [];
      return Math.min(1, ...met.map(({ share }) => share));
    },
    isRelease: (product, version) => products.get(product)?.releases.has(version) ?? false,
    guard(product, digest) {
      const known = products.get(product);
      if (known === undefined) throw new Problem('unknown-product', 'No such product is registered here.');
      if (digest !== null && known.retired.has(digest)) {
        throw new Problem('retired-fields', 'The field list of this report was withdrawn.');
      }
      const found = digest === null ? undefined : known.guards.get(digest);
      if (found === undefined) {
        throw new Problem('unknown-fields', 'The field list of this report is not registered here.');
      }
      return found;
    },
  };
}

function toTest(ranges: readonly string[]): (version: string) => boolean {
  if (!ranges.every(isVersionRange)) {
    throw new CollectorError('ERR_PRODUCT', 'A range of versions must look like ">=3.1 <4", "3.1" or "*".');
  }
  const tests = ranges.map(versionRange);
  return (version) => tests.some((test) => test(version));
}

function toGuard(list: FieldList, maxSteps: number): Guard {
  const verify = createVerifier(list);
  return {
    digest: list.digest,
    verify: (document) => verify(document, { maxSteps }),
    flatten: createFlatten(list),
  };
}
