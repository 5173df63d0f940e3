import { describe, expect, test } from 'vitest';
import { collectedHtml } from '../src/html.js';
import { fields, type JsonSchema } from '../src/index.js';

const options = { command: 'gateway usage', envelope: [['version', 'The version of the program.']] } as const;

/** The sections of the page of a schema's properties, by their id. */
function sectionsOf(properties: Readonly<Record<string, JsonSchema>>, given = {}): Record<string, string> {
  const list = fields({ type: 'object', export: true, properties });
  const html = collectedHtml(list, { ...options, ...given });
  const sections = html.split(/(?=<section )/);
  return Object.fromEntries(sections.map((text) => [/aria-labelledby="(\w+)"/.exec(text)?.[1], text]));
}

/** The rows of fields, one text each, and null for the end of a group. */
function rowsOf(section: string): (string | null)[] {
  return [...section.matchAll(/<tr.*?<\/tr>|<\/tbody>/gs)].map(([text]) =>
    text === '</tbody>' ? null : text,
  );
}

/** What a reader sees of some HTML. */
const seen = (html: string): string =>
  html
    .replaceAll(/<\/(?:p|th|td|small)>|<p>/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const enough = { type: 'boolean', export: true };

describe('the page of what is collected', () => {
  test('says of each field what it is, why it is asked, what is done to it and what it may look like', () => {
    const { fields: section = '' } = sectionsOf({
      level: { enum: ['info'], export: true, description: 'How much is logged.', why: 'Which default fits?' },
      debug: { ...enough, why: 'Is it used?' },
      port: { type: 'string', export: 'port', description: 'Where it listens.' },
    });
    expect(rowsOf(section).map((row) => row && seen(row))).toEqual([
      'Field What is done to it',
      'debug Is it used? as it is such as true',
      null,
      'level How much is logged. Which default fits? one of info such as &quot;info&quot;',
      null,
      'port Where it listens. only the port such as &quot;:80&quot;',
      null,
    ]);
  });

  test('counts the fields, not the root, of which a reader learns nothing', () => {
    expect(seen(sectionsOf({ a: enough, b: enough }).fields ?? '')).toMatch(
      /^What leaves These 2 fields, .*Everything else is masked/,
    );
  });

  test('gives the fields of one section a heading, and a field alone none', () => {
    const section = { type: 'object', export: true, properties: { a: enough, b: enough } };
    const headings = (html: string): string[] =>
      rowsOf(html).flatMap((row) => (row?.includes('class="group"') ? [seen(row)] : []));
    const { fields: html = '' } = sectionsOf({ alone: enough, 'log.x': section, 'y<z': section });
    expect(headings(html)).toEqual(['log.x', 'y&lt;z']);
    expect(rowsOf(html).filter((row) => row === null)).toHaveLength(3);
    const names = {
      ...section,
      properties: {},
      propertyNames: { export: 'text' },
      additionalProperties: enough,
    };
    expect(headings(collectedHtml(fields(names), options))).toEqual(['*']);
  });

  test('tells the key of a member from its value', () => {
    const map = {
      type: 'object',
      export: true,
      propertyNames: { export: 'text' },
      additionalProperties: enough,
    };
    const rows = rowsOf(sectionsOf({ map }).fields ?? '').map((row) => row && seen(row));
    expect(rows).toContain('map.* as it is such as true');
    expect(rows).toContain('map.* its name its name, scrubbed such as &quot;name&quot;');
  });

  test('refers to the field that a recursive one repeats, without an example', () => {
    const tree: JsonSchema = {
      type: 'object',
      export: true,
      properties: {
        tree: { type: 'object', export: true, properties: { tree: { $ref: '#/properties/tree' } } },
      },
    };
    expect(rowsOf(collectedHtml(fields(tree), options)).map((row) => row && seen(row))).toContain(
      'tree.tree the same as tree',
    );
  });

  test('says what the shape shows of what is masked, and how many paths that are', () => {
    const one = sectionsOf({ token: { type: 'string' } }).shape ?? '';
    expect(seen(one)).toMatch(/or how many\. 1 path token: whether it is set$/);
    const two = sectionsOf({
      'a<b': { type: 'string' },
      hosts: { type: 'array', items: { type: 'string' } },
    });
    expect(two.shape?.match(/<li>.*<\/li>/g)?.map(seen)).toEqual([
      'a&lt;b: whether it is set',
      'hosts: how many',
    ]);
    expect(two.shape?.split('\n').filter((line) => line.startsWith('<li>'))).toHaveLength(2);
    expect(seen(two.shape ?? '')).toContain('2 paths');
    expect(seen(sectionsOf({}).shape ?? '')).toContain('0 paths');
  });

  test('names what a report says of itself, what is never collected and how to say no', () => {
    const { envelope, never, choose } = sectionsOf(
      {},
      {
        command: 'a<b usage',
        envelope: [
          ['version', 'The version & edition.'],
          ['a<b', 'Another.'],
        ],
      },
    );
    expect(envelope?.split('\n').filter((line) => /^<d[td]>/.test(line))).toEqual([
      '<dt><code>version</code></dt>',
      '<dd>The version &amp; edition.</dd>',
      '<dt><code>a&lt;b</code></dt>',
      '<dd>Another.</dd>',
    ]);
    expect(never).toMatch(/passwords.*An identifier of the installation.*headers of its request/s);
    expect(choose?.split('\n').filter((line) => /^<d[td]>/.test(line))).toEqual([
      '<dt><code>a&lt;b usage off</code></dt>',
      '<dd>ends reporting for good.</dd>',
      '<dt><code>DO_NOT_TRACK=1</code></dt>',
      '<dd>in the environment does the same, whatever else says.</dd>',
      '<dt><code>a&lt;b usage preview</code></dt>',
      '<dd>shows the next report, byte for byte, and sends nothing.</dd>',
      '<dt><code>a&lt;b usage log</code></dt>',
      '<dd>shows every report so far.</dd>',
      '<dt><code>a&lt;b usage forget</code></dt>',
      '<dd>deletes at the collector what it still keeps one by one.</dd>',
    ]);
  });

  test('ends with the digest of the list, by which a maintainer finds it', () => {
    const list = fields({ type: 'object', export: true, properties: { a: enough } });
    expect(collectedHtml(list, options)).toContain(`<code class="digest">${list.digest}</code>`);
  });

  test('lets no text of the schema be read as markup', () => {
    const bad = '<script>"&';
    const html = collectedHtml(
      fields({
        type: 'object',
        export: true,
        properties: {
          [bad]: { enum: [bad], export: true, description: bad, why: bad },
          hidden: { type: 'object', export: true, properties: { [bad]: { type: 'string' } } },
        },
      }),
      { command: bad, envelope: [[bad, bad]] },
    );
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});
