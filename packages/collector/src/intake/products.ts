import { createVerifier, type Verify } from '@candor/anonymizer';
import { isProductName } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import { CollectorError } from '../collector-error.js';
import type { ProductRegistration } from '../options.js';
import { Problem } from '../problem.js';
import { createFlatten, type Flatten } from './flatten.js';

/** What one field list lets through, and how it reads. */
export interface Guard {
  readonly digest: string;
  readonly verify: Verify;
  readonly flatten: Flatten;
}

/** The registered products and their field lists. */
export interface Products {
  has(product: string): boolean;
  /** Returns true if a version is one that the product's maintainer named. */
  isRelease(product: string, version: string): boolean;
  /** Returns the guard of a field list; null stands for a list that no one has. Throws a `Problem`: 404, 410 or 422. */
  guard(product: string, digest: string | null): Guard;
}

interface Product {
  readonly guards: ReadonlyMap<string, Guard>;
  readonly retired: ReadonlySet<string>;
  readonly releases: ReadonlySet<string>;
}

/** Compiles registrations. Throws `ERR_PRODUCT`, or what `createVerifier` throws for a damaged field list. */
export function createProducts(registrations: readonly ProductRegistration[]): Products {
  const products = new Map<string, Product>();
  for (const { product, fieldLists, retired, releases } of registrations) {
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
      guards: new Map(fieldLists.map((list) => [list.digest, toGuard(list)] as const)),
      retired: new Set(retired),
      releases: new Set(releases),
    });
  }
  return {
    has: (product) => products.has(product),
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

function toGuard(list: FieldList): Guard {
  return { digest: list.digest, verify: createVerifier(list), flatten: createFlatten(list) };
}
