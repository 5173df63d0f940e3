import { placesOf } from './places.js';

/** Renders the table of corrections as the page `docs/traefik-corrections.md`. */
export function renderCorrections(corrections, knownValues, schemas) {
  const places = schemas.map(({ title, schema }) => ({ title, of: placesOf(schema) }));
  return `${[
    '# Corrections of the Traefik schemas',
    '`scripts/generate.js` makes this page from `packages/traefik/data/corrections.json`; do not edit it.',
    '`traefikV2AsShipped` and `traefikV3AsShipped` export what the program reports. The default schemas,' +
      ' `traefikV2` and `traefikV3`, differ from them only in the following fields. As shipped, each of these' +
      ' fields can export a value that nobody meant to send, or the published page promises otherwise.',
    ...corrections.map((correction) => section(correction, knownValues, places)),
  ].join('\n\n')}\n`;
}

function section({ title, at, export: tag, anyOf, reason }, knownValues, places) {
  const found = places.map(({ title, of }) => ({ title, paths: at.flatMap((name) => pathsOf(name, of)) }));
  const paths = [...new Set(found.flatMap(({ paths }) => paths))].toSorted();
  const versions = found.filter(({ paths }) => paths.length > 0).map(({ title }) => title);
  const leaves =
    anyOf === undefined
      ? [`- Leaves instead: ${remains(tag, knownValues, at)}`]
      : anyOf.map(
          ({ pattern, export: tag }) =>
            `- Leaves instead of what matches \`${pattern}\`: ${remains(tag, knownValues, at)}`,
        );
  return [
    `## ${title}`,
    reason,
    [
      ...leaves,
      `- In: ${versions.join(', ')}`,
      `- At: ${paths.map((path) => `\`${path}\``).join(', ')}`,
    ].join('\n'),
  ].join('\n\n');
}

/** Returns the paths of a node: a map's keys as `entryPoints.*`, marked as keys; a list's members as `precedence.*`. */
function pathsOf(name, places) {
  const [property, member] = name.split('/');
  const suffix = { undefined: '', items: '.*', propertyNames: ' (keys)' }[member];
  return (places.get(property) ?? []).map((path) => path.join('.') + suffix);
}

function remains(tag, knownValues, at) {
  const members = new Set(at.map((name) => name.split('/')[1]));
  const others = { propertyNames: '`key1`, `key2`, …', items: '`other`', undefined: '`other`' };
  const other = [...new Set([...members].map((member) => others[member]))].join(' or ');
  if (tag === false && members.has('propertyNames')) return `${other}.`;
  if (tag === false)
    return 'nothing; text is masked as `xxxx`, a list of text keeps its length, a switch is `false`.';
  if (tag === 'port') return 'the port.';
  if (tag === 'presence') return 'that there is one.';
  if (tag === 'count') return 'how many there are.';
  if (tag.bucket !== undefined) return `which of the ranges at ${tag.bucket.join(', ')} it falls in.`;
  const values = knownValues[tag.only].map((value) => `\`${value}\``).join(', ');
  const words =
    tag.words === true ? ', or the one of these whose words it holds (`web-secure` is `websecure`)' : '';
  return `what it is if that is one of ${values}${words}; else ${other}.`;
}
