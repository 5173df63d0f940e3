import { readFile, writeFile } from 'node:fs/promises';
import {
  type Field,
  type FieldDiff,
  type FieldList,
  diffFields,
  fields,
  fieldTreatment,
  parseFieldList,
  type SchemaSource,
} from '@candor/schema';
import { CandorError, codeOf } from '../candor-error.js';
import { reportNode } from '../report/report-node.js';
import type { CliResult } from './cli-result.js';
import type { UsageReporting } from '../usage-reporting.js';
import { importModule, readSchema } from './schema-file.js';

/** What a report holds beside the configuration. */
export interface BesideOptions {
  /** The schema of facts, named like the configuration's. */
  readonly facts?: string | undefined;
  /** Names of features, separated by commas. */
  readonly features?: string | undefined;
}

const usual = 'candor.fields.json';

/** Prints the field list of a schema. */
export async function printFields(name: string, beside: BesideOptions): Promise<CliResult> {
  return { code: 0, output: textOf(await fieldListOf(name, beside)), notes: '' };
}

/** Writes the field list of a schema to a file. */
export async function writeFields(
  name: string,
  path: string = usual,
  beside: BesideOptions = {},
): Promise<CliResult> {
  const text = textOf(await fieldListOf(name, beside));
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new CandorError('ERR_FIELDS_FILE', `${path}: the list cannot be written${codeOf(error)}`);
  }
  return { code: 0, output: '', notes: `Wrote ${path}.\n` };
}

/** Compares the field list of a schema with the one in a file. */
export async function checkFields(
  name: string,
  path: string | undefined = usual,
  beside: BesideOptions = {},
): Promise<CliResult> {
  const present = await fieldListOf(name, beside);
  const kept = await readList(path);
  if (kept.digest === present.digest) return { code: 0, output: '', notes: `${path} is as the schema.\n` };
  const diff = diffFields(kept, present);
  const verdict = diff.widens
    ? 'The schema exports more than the list says.'
    : 'The list is not as the schema, which exports no more than it says.';
  const notes = `${verdict} When that is meant: ${command(name, path, beside)} --write\n`;
  return { code: 1, output: diffText(diff), notes };
}

/** Returns the command line that writes the list, with the given options. */
function command(name: string, path: string, { facts, features }: BesideOptions): string {
  const options = [facts && ` --facts ${facts}`, features && ` --features ${features}`];
  return `candor fields ${name} ${path}${options.filter(Boolean).join('')}`;
}

/**
 * Returns the list of all that a report holds, as `createUsageReporting` does. A module that exports the result of
 * `createUsageReporting` gives it itself, facts and features included.
 */
export async function fieldListOf(name: string, { facts, features }: BesideOptions): Promise<FieldList> {
  if (isModule(name) && facts === undefined && features === undefined) {
    const usage = Object.values(await importModule(name)).find(isUsage);
    if (usage !== undefined) return usage.fields();
  }
  const { schema } = await readSchema(name);
  return fields(
    reportNode({
      schema,
      factsSchema: facts === undefined ? undefined : await readFactsSchema(facts),
      features: features?.split(','),
    }),
  );
}

/** Resolves to the schema of facts, which a module may export beside the configuration's. */
async function readFactsSchema(name: string): Promise<SchemaSource> {
  const exported = isModule(name) ? (await importModule(name)).factsSchema : undefined;
  return (exported as SchemaSource | undefined) ?? (await readSchema(name)).schema;
}

function isModule(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name);
}

function isUsage(value: unknown): value is Pick<UsageReporting, 'fields'> {
  if (typeof value !== 'object' || value === null) return false;
  return ['fields', 'command', 'start'].every(
    (name) => typeof (value as Record<string, unknown>)[name] === 'function',
  );
}

async function readList(path: string): Promise<FieldList> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new CandorError('ERR_FIELDS_FILE', `${path}: the list cannot be read${codeOf(error)}`);
  }
  try {
    return parseFieldList(JSON.parse(text));
  } catch (cause) {
    throw new CandorError('ERR_FIELDS_FILE', `${path}: this is no field list, or it was edited by hand`, {
      cause,
    });
  }
}

// Each field is on one line, which is easy to review.
function textOf({ format, digest, fields, shape, output }: FieldList): string {
  const lines = (entries: readonly unknown[]): string =>
    entries.length === 0
      ? '[]'
      : `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
  return [
    '{',
    `  "format": ${format},`,
    `  "digest": ${JSON.stringify(digest)},`,
    `  "fields": ${lines(fields)},`,
    `  "shape": ${lines(shape)},`,
    `  "output": ${lines(output)}`,
    '}',
    '',
  ].join('\n');
}

function diffText({ added, removed, changed, shape }: FieldDiff): string {
  const lines = [
    ...removed.map((field) => `- ${lineOf(field)}`),
    ...added.map((field) => `+ ${lineOf(field)}`),
    ...changed.flatMap(({ before, after }) => [`- ${lineOf(before)}`, `+ ${lineOf(after)}`]),
    ...shape.removed.map(({ path, shows }) => `- ${path}: its ${shows}`),
    ...shape.added.map(({ path, shows }) => `+ ${path}: its ${shows}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf(field: Field): string {
  const words = field.description === undefined ? '' : `: ${field.description}`;
  return `${field.path || '(root)'} (${fieldTreatment(field)})${words}`;
}
