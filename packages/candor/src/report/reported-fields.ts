import { createHash } from 'node:crypto';
import type { ReportedField, ReportedFields } from '@candor/reporter';
import {
  anyMember,
  type Field,
  type FieldList,
  parsePath,
  type PathSegment,
  type Shape,
} from '@candor/schema';

/** The field list in the reporter's words, without what this installation denies. */
export function reportedFields(list: FieldList, deny: readonly string[]): ReportedFields {
  const fields = list.fields.filter(({ path }) => path !== '' && !isDenied(path, deny)).map(reported);
  const said = new Map(fields.map(({ path, exportedAs }) => [path, exportedAs]));
  return {
    digest: list.digest,
    fields,
    shape: list.shape
      .filter(({ path, shows }) => {
        if (path === '' || isDenied(path, deny)) return false;
        // What a field says of its own value needs not be said again.
        return said.get(path) !== shapes[shows] && !(shows === 'presence' && said.has(path));
      })
      .map(({ path, shows }) => ({ path, exportedAs: shapes[shows] })),
  };
}

const shapes: Readonly<Record<Shape['shows'], string>> = {
  presence: 'whether it is set',
  length: 'how many',
  members: 'how many members',
};

/** Returns true if a pattern of `deny` covers a path of the field list, or a place above it. */
export function isDenied(path: string, deny: readonly string[]): boolean {
  // Reading a path takes a while, and most programs deny nothing.
  if (deny.length === 0) return false;
  const segments = lowerCase(parsePath(path));
  return deny.some((pattern) => covers(lowerCase(parsePath(pattern)), segments));
}

function lowerCase(path: readonly PathSegment[]): PathSegment[] {
  return path.map((segment) => (typeof segment === 'string' ? segment.toLowerCase() : segment));
}

function covers(pattern: readonly PathSegment[], segments: readonly PathSegment[]): boolean {
  if (pattern.length === 0 || pattern.length > segments.length) return false;
  return pattern.every((segment, at) => segment === anyMember || segment === segments[at]);
}

function reported(field: Field): ReportedField {
  const { path, description } = field;
  return { path, exportedAs: leaves(field), ...(description !== undefined && { description }) };
}

/** How a field leaves, in words. */
export function leaves(field: Field): string {
  const { key, type, values, transform, sameAs } = field;
  const kinds = type.split('|').filter((kind) => kind !== 'null');
  if (sameAs !== undefined) return `the same as ${sameAs}`;
  switch (transform?.kind) {
    case 'only':
      return key
        ? `its name, only ${listed(transform.values)}${wordsText(transform)}; any other as key1, key2, …`
        : `only ${listed(transform.values)}${wordsText(transform)}; anything else as other`;
    case 'bucket':
      return `in steps ${transform.bounds.join(', ')}`;
    case 'count':
      return 'only how many';
    case 'presence':
      return 'only whether it is set';
    case 'port':
      return 'only the port';
    default:
  }
  if (key) return values === undefined ? 'its name, scrubbed' : `its name, of ${listed(values)}`;
  if (values !== undefined) return `one of ${listed(values)}`;
  if (kinds.includes('string')) return 'text, scrubbed';
  if (kinds.includes('object')) return 'whether it is set';
  return kinds.includes('array') ? 'how many' : 'as it is';
}

/** Long lists are cut short for people; a digest then makes another list another wording, which asks again. */
function listed(values: readonly (string | number | boolean)[]): string {
  if (values.length <= mostListed) return values.join(', ');
  const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 8);
  const shown = values.slice(0, mostListed - 2).join(', ');
  return `${shown} and ${values.length - mostListed + 2} more, list ${digest}`;
}

const mostListed = 8;

function wordsText({ words }: { readonly words?: true }): string {
  return words === true ? ', or the one of these whose words it holds' : '';
}
