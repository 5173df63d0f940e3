import { hash } from '@candor/hasher';
import type { Field, FieldList, Shape } from './field-list.js';

/** Returns in a few words how a field is exported, such as `in steps 10, 100` or `text, scrubbed`. */
export function fieldTreatment(field: Field): string {
  const { key, type, values, transform, sameAs } = field;
  const kinds = type.split('|').filter((kind) => kind !== 'null');
  if (sameAs !== undefined) return `the same as ${sameAs}`;
  switch (transform?.kind) {
    case 'only':
      return key
        ? `its name, only ${listed(transform.values)}${wordsText(transform)}; any other as key1, key2, …`
        : `only ${listed(transform.values)}${wordsText(transform)}; anything else as other`;
    case 'bucket':
      return `in steps ${transform.bounds.join(', ')}${kinds.includes('duration') ? ' seconds' : ''}`;
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

/** Returns in a few words what the shape of a report shows of a path. */
export function shapeTreatment({ shows }: Shape): string {
  return shapes[shows];
}

const shapes: Readonly<Record<Shape['shows'], string>> = {
  presence: 'whether it is set',
  length: 'how many',
  members: 'how many members',
};

/** Returns the shape without what the fields already say. */
export function shapeBeyond({ fields, shape }: Pick<FieldList, 'fields' | 'shape'>): Shape[] {
  const said = new Map(fields.map((field) => [field.path, fieldTreatment(field)]));
  return shape.filter(({ path, shows }) => {
    if (path === '') return false;
    return said.get(path) !== shapes[shows] && !(shows === 'presence' && said.has(path));
  });
}

/** Shortens long lists for people; a digest then changes the wording with the list, so that consent is asked again. */
function listed(values: readonly (string | number | boolean)[]): string {
  if (values.length <= mostListed) return values.join(', ');
  const shown = values.slice(0, mostListed - 2).join(', ');
  return `${shown} and ${values.length - mostListed + 2} more, list ${hash(values).slice(0, 8)}`;
}

const mostListed = 8;

function wordsText({ words }: { readonly words?: true }): string {
  return words === true ? ', or the one of these whose words it holds' : '';
}
