/**
 * Writes `schemas/*.json` (for people and editors) and `src/generated/*.ts` (the same, for programs): for each
 * version the schema as shipped, and the default one with the corrections of `data/corrections.json`, which it
 * also renders as a page.
 *
 *   node scripts/generate.js FOLDER          FOLDER/v2.11/fields.json, FOLDER/v3.7/fields.json
 *   node scripts/generate.js FOLDER --check  changes nothing; exits 1 when a file is not in step
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { correct, placeAt } from './correct.js';
import { describe } from './describe.js';
import { renderCorrections } from './render-corrections.js';
import { schemaFromFields } from './schema-from-fields.js';

const versions = [
  { name: 'traefik-v2', folder: 'v2.11', title: 'Traefik 2.11 static configuration' },
  { name: 'traefik-v3', folder: 'v3.7', title: 'Traefik 3.7 static configuration' },
];

const [source, flag] = process.argv.slice(2);
if (source === undefined || (flag !== undefined && flag !== '--check')) {
  throw new Error('Usage: node scripts/generate.js FOLDER [--check]');
}

const corrections = data('corrections.json');
const knownValues = data('known-values.json');
const texts = descriptions();
const unused = new Set(corrections.flatMap(({ at }) => at));

const schemas = [];
let outOfStep = 0;
for (const { name, folder, title } of versions) {
  const tree = readExactly(readFileSync(join(source, folder, 'fields.json'), 'utf8'));
  const asShipped = describe(schemaFromFields(tree, title), texts);
  const schema = describe(correct(asShipped, corrections, knownValues), texts);
  write(name, schema, literal);
  // The program sends a text unchanged, even if it names a key.
  write(`${name}.as-shipped`, { ...asShipped, maskKeysInTexts: false }, (own) => beyond(own, schema, name));
  schemas.push({ title: title.replace(' static configuration', ''), schema });
  for (const at of unused) if (placeAt(asShipped, at) !== undefined) unused.delete(at);
}
if (unused.size > 0) throw new Error(`No version has ${[...unused].join(', ')}`);
put('../../docs/traefik-corrections.md', renderCorrections(corrections, knownValues, schemas));
process.exitCode = outOfStep > 0 ? 1 : 0;

function write(name, schema, code) {
  const json = jsonOf(schema);
  const value = code(JSON.parse(json));
  const module = [
    '// Made by scripts/generate.js from the types of the program; do not edit.',
    "import type { JsonSchema } from '@candor/schema';",
    ...value.imports,
    '',
    '/** The schema of `schemas/' + name + '.json`. */',
    `export const ${constantOf(name)}: JsonSchema = ${value.text};`,
    '',
  ].join('\n');
  put(`schemas/${name}.json`, json);
  put(`src/generated/${name.replaceAll('.', '-')}.ts`, module);
}

function jsonOf(schema) {
  return `${JSON.stringify(schema, null, 2)}\n`.replaceAll(/"exactly:(\d+)"/g, '$1');
}

function constantOf(name) {
  return name.replaceAll(/[-.](\w)/g, (_, letter) => letter.toUpperCase());
}

/** Returns the schema with one line per definition and top-level section: small, and a diff shows what changed. */
function literal(schema) {
  const lines = Object.entries(schema).map(([key, value]) => {
    const isLong = key === 'properties' || key === '$defs';
    return `  ${JSON.stringify(key)}: ${isLong ? lineEach(value, '  ') : JSON.stringify(value)},`;
  });
  return { imports: [], text: `{\n${lines.join('\n')}\n}` };
}

function lineEach(value, indent) {
  const lines = Object.entries(value).map(
    ([name, member]) => `${indent}  ${JSON.stringify(name)}: ${JSON.stringify(member)},\n`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

/** Returns the properties and keywords in which a schema differs from another; what they share is most of both. */
function beyond({ properties, $defs, ...keywords }, base, name) {
  const other = JSON.parse(jsonOf(base));
  const changed = (own, from) =>
    Object.fromEntries(
      Object.entries(own).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(from[key])),
    );
  const definitions = Object.entries($defs).map(([key, { properties: own = {} }]) => [
    key,
    changed(own, other.$defs[key].properties ?? {}),
  ]);
  const replaced = {
    properties: changed(properties, other.properties),
    $defs: Object.fromEntries(definitions.filter(([, own]) => Object.keys(own).length > 0)),
  };
  const [top, inner] = [lineEach(replaced.properties, '    '), lineEach(replaced.$defs, '    ')];
  return {
    imports: [
      "import { withProperties } from '../with-properties.js';",
      `import { ${constantOf(name)} } from './${name}.js';`,
    ],
    text: `/* @__PURE__ */ withProperties(
  ${constantOf(name)},
  {
    "properties": ${top},
    "$defs": ${inner},
  },
  ${JSON.stringify(changed(keywords, other))},
)`,
  };
}

function put(file, text) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  if (flag === undefined) {
    writeFileSync(path, text);
  } else if (readFileSync(path, 'utf8') !== text) {
    outOfStep += 1;
    process.stderr.write(`${file} is not in step\n`);
  }
}

function data(file) {
  return JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8'));
}

/** Reads the descriptions, one file for each area, and merges those of the same definition. */
function descriptions() {
  const joined = {};
  for (const file of readdirSync(new URL('../data/descriptions', import.meta.url)).toSorted()) {
    for (const [name, properties] of Object.entries(data(`descriptions/${file}`))) {
      joined[name] = { ...joined[name], ...properties };
    }
  }
  return joined;
}

/** Parses JSON and keeps the digits of integers that a double cannot hold. */
function readExactly(text) {
  return JSON.parse(text.replaceAll(/: (\d{16,})/g, ': "exactly:$1"'));
}
