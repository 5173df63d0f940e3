import { randomBytes } from 'node:crypto';
import type { Report } from '@candor/protocol';
import { fields, type JsonSchema } from '@candor/schema';

/** A small gateway's configuration: exported, masked and free places, a map, lists, recursion. */
export const sampleSchema: JsonSchema = {
  type: 'object',
  export: true,
  properties: {
    log: {
      type: 'object',
      export: true,
      properties: {
        level: { enum: ['DEBUG', 'INFO', 'ERROR'], export: true },
        path: { type: 'string' },
        format: { type: 'string', export: 'text' },
      },
    },
    entryPoints: {
      type: 'object',
      export: true,
      additionalProperties: {
        type: 'object',
        export: true,
        properties: { address: { type: 'string', export: 'port' }, secret: { type: 'string' } },
      },
    },
    ports: { type: 'array', export: true, items: { type: 'integer', export: true } },
    hosts: { type: 'array', items: { type: 'string' } },
    debug: { type: 'boolean', export: true },
    insecure: { type: 'boolean' },
    $features: { type: 'array', export: true, items: { enum: ['sso', 'cache'], export: true } },
    $facts: { type: 'object', export: true, properties: { cores: { type: 'integer', export: true } } },
  },
};

/** The field list of the sample schema. */
export const sampleFields = fields(sampleSchema);

/** A report that its field list allows as it is. */
export function sampleReport(other: Partial<Report> = {}): Report {
  return {
    format: 1,
    id: randomBytes(32).toString('hex'),
    product: 'gateway',
    version: '1.2.3',
    fields: sampleFields.digest,
    hash: '0123456789abcdef0123456789abcdef',
    changed: false,
    first: { day: true, week: true, month: false },
    age: 'month',
    configuration: {
      log: { level: 'DEBUG', path: 'xxxx' },
      entryPoints: { key1: { address: ':443' }, key2: { address: ':80', secret: 'xxxx' } },
      ports: [1, 1, 2],
      hosts: ['xxxx', 'xxxx'],
      debug: true,
      insecure: false,
    },
    ...other,
  };
}
