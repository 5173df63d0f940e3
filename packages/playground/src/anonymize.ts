import { createExplainer, reasonText, type Remark } from '@candor/anonymizer';
import { compare, ConfigError, type ConfigIssue, type Format, loadText, render } from '@candor/config';
import { fieldTree, formatPath, type Json, type JsonSchema } from '@candor/schema';
import { lookOf } from './look-of.js';

/** What happened to one value. */
export interface Note {
  readonly path: string;
  readonly action: Remark['action'];
  /** Why, in words. */
  readonly why: string;
}

/** A line of the configuration beside what is reported of it. */
export interface Row {
  readonly written: string | undefined;
  readonly shown: string | undefined;
  readonly notes: readonly Note[];
}

/** The anonymized configuration, or what is wrong with it. */
export type Anonymized =
  | {
      readonly rows: readonly Row[];
      /** The configuration of a report, as JSON. */
      readonly json: string;
    }
  | { readonly problems: readonly string[] };

/**
 * Compiles a schema into a function that anonymizes the text of a configuration and explains it line by line. Throws a
 * `SchemaError` if the schema cannot be read.
 */
export function createAnonymize(schema: JsonSchema): (format: Format, text: string) => Anonymized {
  const tree = fieldTree(schema);
  const explain = createExplainer(tree);
  return (format, text) => {
    try {
      const loaded = loadText({ schema: tree, format, text, unknownKeys: 'warn' });
      const remarks = explain(loaded.written);
      let line = 0;
      const rows = compare(loaded, remarks).map(({ written, shown, remarks: own }): Row => {
        const notes = own.filter(isOfValue).map((remark) => noteOf(remark, loaded.written));
        if (written === undefined) return { written, shown, notes };
        line += 1;
        const unknown = loaded.warnings.filter((warning) => warning.line === line).map(unknownKey);
        return { written, shown, notes: [...notes, ...unknown] };
      });
      return { rows, json: render(loaded, remarks, 'json') };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return { problems: error.issues.map(problemText) };
    }
  };
}

/** Returns true for a remark that adds something to the remarks on its members. */
function isOfValue({ path, action, value }: Remark): boolean {
  return path.length > 0 && (action !== 'kept' || value !== undefined);
}

function noteOf(remark: Remark, written: Json): Note {
  const { path, action } = remark;
  const looks = action === 'scrubbed' ? lookOf(valueAt(written, path)) : undefined;
  return {
    path: formatPath(path),
    action,
    why: looks === undefined ? reasonText(remark) : `holds what looks like ${looks}`,
  };
}

function valueAt(value: Json | undefined, path: Remark['path']): Json | undefined {
  let at = value;
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? (at as { readonly [key: string]: Json })[key] : undefined;
  }
  return at;
}

function unknownKey({ path }: ConfigIssue): Note {
  return { path: formatPath(path), action: 'omitted', why: 'not in the schema' };
}

function problemText({ path, message, line }: ConfigIssue): string {
  const where = [line === undefined ? '' : `line ${line}`, formatPath(path)].filter(Boolean).join(', ');
  return where === '' ? message : `${where}: ${message}`;
}
