import { createAnonymizer, createVerifier, type Verify } from '@candor/anonymizer';
import { isProductName } from '@candor/protocol';
import { type FieldList, fields, type Json, type SchemaSource } from '@candor/schema';
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

/** What anonymizes reports in the model's own format, and how they read then. */
export interface ModelGuard {
  readonly digest: string;
  readonly anonymize: (configuration: unknown) => Json;
  readonly flatten: Flatten;
}

/** The registered products and their field lists. */
export interface Products {
  /** Throws a `Problem`: 410 or 422. */
  guard(product: string, digest: string): Guard;
  /** The guard of a model's report. Throws a `Problem`: 404 or 422. */
  modelGuard(product: string, version: string): ModelGuard;
}

/** Compiles registrations. Throws `ERR_PRODUCT`, or what `createVerifier` throws for a damaged field list. */
export function createProducts(registrations: readonly ProductRegistration[]): Products {
  const products = new Map<string, ProductRegistration & { readonly guards: ReadonlyMap<string, Guard> }>();
  for (const registration of registrations) {
    const { product, fieldLists } = registration;
    if (!isProductName(product)) {
      throw new CollectorError(
        'ERR_PRODUCT',
        'A product name must be lower-case letters, digits, ".", "_", "-".',
      );
    }
    if (products.has(product)) {
      throw new CollectorError('ERR_PRODUCT', `The product ${product} is registered twice.`);
    }
    const guards = new Map(fieldLists.map((list) => [list.digest, toGuard(list)] as const));
    products.set(product, { ...registration, guards });
  }
  const guard = (product: string, digest: string): Guard => {
    const known = products.get(product);
    if (known === undefined) throw new Problem('unknown-product', 'No such product is registered here.');
    if (known.retired?.includes(digest) === true) {
      throw new Problem('retired-fields', 'The field list of this report was withdrawn.');
    }
    const found = known.guards.get(digest);
    if (found === undefined) {
      throw new Problem('unknown-fields', 'The field list of this report is not registered here.');
    }
    return found;
  };
  const modelGuards = new Map<SchemaSource, ModelGuard>();
  return {
    guard,
    modelGuard(product, version) {
      const modelSchema = products.get(product)?.modelSchema;
      if (modelSchema === undefined) throw new Problem('not-found', 'Nothing is here.');
      const schema = modelSchema(version);
      if (schema === undefined) {
        throw new Problem('unknown-fields', 'No field list is registered for this version.');
      }
      const found = modelGuards.get(schema) ?? toModelGuard(schema);
      modelGuards.set(schema, found);
      return found;
    },
  };
}

function toGuard(list: FieldList): Guard {
  return { digest: list.digest, verify: createVerifier(list), flatten: createFlatten(list) };
}

function toModelGuard(schema: SchemaSource): ModelGuard {
  const list = fields(schema);
  return {
    digest: list.digest,
    anonymize: createAnonymizer(schema).anonymize,
    flatten: createFlatten(list),
  };
}
