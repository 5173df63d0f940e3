import type { Json } from '@candor/schema';
import type { RenderRemark } from '../../src/index.js';

/** Remarks as the anonymizer makes them: every text masked, everything else kept, `drop` left out. */
export function maskTexts(
  value: Json,
  drop: readonly string[] = [],
  path: (string | number)[] = [],
): RenderRemark[] {
  if (typeof value !== 'object' || value === null) {
    const shown = typeof value === 'string' && value !== '' ? 'xxxx' : value;
    return [{ path, outputPath: path, action: shown === value ? 'kept' : 'masked', value: shown }];
  }
  if (drop.includes(path.join('.'))) return [{ path, action: 'omitted' }];
  const members: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [
    { path, outputPath: path, action: 'kept' },
    ...members.flatMap(([key, member]) => maskTexts(member, drop, [...path, key])),
  ];
}

/** What `maskTexts` leaves, as data. */
export function maskedData(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskedData);
  if (typeof value === 'string') return value === '' ? '' : 'xxxx';
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, maskedData(member)]));
}
