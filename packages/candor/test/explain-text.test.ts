import { createAnonymizer } from '@candor/anonymizer';
import { describe, expect, it } from 'vitest';
import { countsText, explainText } from '../src/operator/explain-text.js';

const schema = {
  type: 'object',
  export: true,
  properties: {
    kept: { type: 'boolean', export: true },
    text: { type: 'string', export: 'text' },
    'a-section-whose-name-is-longer-than-most': {
      type: 'object',
      export: true,
      properties: { 'and-one-of-its-settings': { enum: ['on', 'off'], export: true } },
    },
    counted: { type: 'object', export: 'count', additionalProperties: { type: 'string' } },
    sites: { type: 'object', export: true, additionalProperties: { type: 'integer', export: true } },
  },
};

const config = {
  kept: true,
  text: 'mail someone@example.org',
  'a-section-whose-name-is-longer-than-most': { 'and-one-of-its-settings': 'maybe' },
  counted: { 'one.two': 'x' },
  sites: { 'evil\u001b[31m\u202e': 1 },
  unknown: 1,
};

describe('explainText', () => {
  const remarks = createAnonymizer(schema).explain(config);

  it('lists more paths than a call has arguments', () => {
    const many = Array.from({ length: 200_000 }, () => remarks[1]!);
    expect(explainText(many).split('\n')).toHaveLength(200_001);
  });

  it('lists each path with what happened and why, within 80 columns', () => {
    const text = explainText(remarks);
    expect(text).toMatchInlineSnapshot(`
      "kept         kept                                    tagged -> true
      scrubbed     text                                    tagged text -> "mail xxxx"
      kept         a-section-whose-name-is-longer-than-most
                     tagged
      masked       a-section-whose-name-is-longer-than-most.and-one-of-its-settings
                     not a value of the schema -> "xxxx"
      transformed  counted                                 tagged -> 1
      omitted      counted."one.two"                       counted above
      kept         sites                                   tagged
      renamed      sites."evil\\u001b[31m\\u202e"            its key leaves as key1 -> 1
      omitted      unknown                                 not in the schema
      "
    `);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('lets no key speak to the terminal', () => {
    expect(explainText(remarks).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('styles the action only', () => {
    const text = explainText(remarks, { style: (action, padded) => `<${action}>${padded}</>` });
    expect(text).toMatch(/^<kept>kept +<\/> {2}kept/m);
  });

  it('counts what happened, and says when there is nothing', () => {
    expect(countsText(remarks)).toMatch(/^\d+ kept, 1 scrubbed/);
    expect(explainText(createAnonymizer(schema).explain({}))).toBe('The configuration is empty.\n');
  });
});
