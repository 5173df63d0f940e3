import { describe, expect, it } from 'vitest';
import { createProducts } from '../src/intake/products.js';
import type { ProductRegistration } from '../src/options.js';
import { sampleFields, sampleReport } from './support/sample.js';

const gateway: ProductRegistration = { product: 'gateway', fieldLists: [sampleFields] };
const steps = 1_000_000;
const problem = (code: string, message: string): Error => expect.objectContaining({ code, message }) as Error;

describe('a registration', () => {
  it.each<[string, readonly ProductRegistration[], string]>([
    [
      'of a name that is none',
      [{ ...gateway, product: 'Gate way' }],
      'A product name must be lower-case letters, digits, ".", "_", "-".',
    ],
    ['that is there twice', [gateway, gateway], 'The product gateway is registered twice.'],
    [
      'that stops no range of versions',
      [{ ...gateway, stopped: ['3', '>='] }],
      'A range of versions must look like ">=3.1 <4", "3.1" or "*".',
    ],
    [
      'that samples no range of versions',
      [{ ...gateway, sampled: { '>=': 0.5 } }],
      'A range of versions must look like ">=3.1 <4", "3.1" or "*".',
    ],
    ...[0, -1, 1.01, Number.NaN].map((share): [string, readonly ProductRegistration[], string] => [
      `with a share of ${share}`,
      [{ ...gateway, sampled: { '*': share } }],
      'A share of reports must be above 0 and up to 1.',
    ]),
  ])('%s is refused', (_, registrations, message) => {
    expect(() => createProducts(registrations, steps)).toThrow(problem('ERR_PRODUCT', message));
  });

  it('is what is known of a product, and of no other', () => {
    const products = createProducts([{ ...gateway, releases: ['1.2.3'] }], steps);
    expect(['gateway', 'other'].map((product) => products.has(product))).toEqual([true, false]);
    expect(products.isRelease('gateway', '1.2.3')).toBe(true);
    expect(products.isRelease('gateway', '1.2.4')).toBe(false);
    expect(products.isRelease('other', '1.2.3')).toBe(false);
  });
});

describe('the field list of a report', () => {
  const withdrawn = 'f'.repeat(64);
  const products = createProducts([{ ...gateway, retired: [withdrawn] }], steps);

  it('verifies its documents, and lists what they say', () => {
    const { digest, verify, flatten } = products.guard('gateway', sampleFields.digest);
    expect(digest).toBe(sampleFields.digest);
    const { value, removed } = verify({ debug: true, secret: 'hunter2' });
    expect([value, removed]).toEqual([{ debug: true }, ['*']]);
    expect(flatten(value)).toEqual([{ path: 'debug', value: true, free: false }]);
  });

  it('takes as much work as allowed', () => {
    const document = { ...sampleReport().configuration };
    const { verify } = createProducts([gateway], 1).guard('gateway', sampleFields.digest);
    expect(() => verify(document)).toThrow(expect.objectContaining({ code: 'ERR_WORK_LIMIT' }) as Error);
  });

  it.each([
    ['other', sampleFields.digest, 'unknown-product', 'No such product is registered here.'],
    ['gateway', withdrawn, 'retired-fields', 'The field list of this report was withdrawn.'],
    ['gateway', '0'.repeat(64), 'unknown-fields', 'The field list of this report is not registered here.'],
    ['gateway', null, 'unknown-fields', 'The field list of this report is not registered here.'],
  ])('of the product %s is not found where it is %s: %s', (product, digest, code, message) => {
    expect(() => products.guard(product, digest)).toThrow(problem(code, message));
  });
});

describe('reports of a version', () => {
  const products = createProducts(
    [
      { ...gateway, stopped: ['<2', '2.5'], sampled: { '*': 0.5, '>=3': 0.1, '4': 1 } },
      { ...gateway, product: 'whole' },
    ],
    steps,
  );

  it('are refused where they are not wanted any more', () => {
    for (const version of ['1.9.0', '2.5.1']) {
      expect(() => products.checkWanted('gateway', version)).toThrow(
        problem('stopped', 'Reports of this version are not wanted any more.'),
      );
    }
    for (const [product, version] of [
      ['gateway', '2.4.0'],
      ['gateway', '3.0.0'],
      ['whole', '1.0.0'],
      ['other', '1.0.0'],
    ] as const) {
      expect(() => products.checkWanted(product, version)).not.toThrow();
    }
  });

  it('are kept to the least share that is said of the version, and whole where none is', () => {
    expect(products.share('gateway', '2.6.0')).toBe(0.5);
    expect(products.share('gateway', '3.1.0')).toBe(0.1);
    expect(products.share('gateway', '4.0.0')).toBe(0.1);
    expect(products.share('whole', '4.0.0')).toBe(1);
    expect(products.share('other', '4.0.0')).toBe(1);
  });
});

it('the crosses of all products are kept by product', () => {
  const crossed = { ...gateway, questions: [['debug', 'log.level']] as const };
  const { questions } = createProducts([{ ...gateway, product: 'plain' }, crossed], steps);
  expect(questions).toEqual([{ product: 'gateway', paths: ['debug', 'log.level'] }]);
});
