import type { Report } from '../../src/index.js';

/** A report that is right in every member. */
export const sampleReport: Report = {
  format: 1,
  id: '0a4d55a8d77840229f1c2d2e0d3a9a11'.repeat(2),
  product: 'gateway',
  version: '1.2.3-rc.1',
  fields: 'f'.repeat(64),
  hash: '0123456789abcdef0123456789abcdef',
  changed: null,
  first: { day: true, week: false, month: false },
  age: 'month',
  configuration: { entryPoints: { key1: { address: ':80' } }, list: [1, null, 'xxxx'] },
  facts: { cores: 8 },
  features: ['dashboard', 'sso'],
};
