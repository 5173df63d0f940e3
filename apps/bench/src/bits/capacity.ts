import { type FieldList, isMask, type NumberRange, type OutputSchema } from '@candor/schema';

/** What a part of a report shows. */
export type Channel = 'exported values' | 'durations' | 'lengths and counts' | 'masked values' | 'sections';

/** How many bits each part of an accepted report can carry. */
export interface Capacity {
  /** With one member in each map and one item in each exported list. */
  readonly bits: ReadonlyMap<Channel, number>;
  /** What each further member of a map, or item of an exported list, adds; its position carries nothing in a map. */
  readonly further: ReadonlyMap<string, number>;
}

/** Counts, in bits, the values that `verify` accepts in one report by a field list. */
export function capacityOf({ output }: Pick<FieldList, 'output'>): Capacity {
  const bits = new Map<Channel, number>();
  const further = new Map<string, number>();
  const add = (channel: Channel, count: number): number => {
    const own = Math.log2(count);
    bits.set(channel, (bits.get(channel) ?? 0) + own);
    return own;
  };
  const visit = (position: number, path: string, above: readonly number[]): number => {
    const schema = output[position];
    if (schema === undefined || above.includes(position)) return 0;
    const { object, list } = schema;
    const way = [...above, position];
    const child = (at: number, key: string): number => visit(at, path === '' ? key : `${path}.${key}`, way);
    let own = 0;
    if (object !== undefined) {
      own += add('sections', 2);
      for (const [key, at] of object.properties) own += child(at, key);
      if (object.additionalProperties !== undefined) {
        const names = 1 + (object.propertyNames?.literals.length ?? 0);
        const member = add('exported values', names) + child(object.additionalProperties, '*');
        further.set(path, member);
        own += member;
      }
    }
    if (list !== undefined) {
      const lengths = list.masked === true ? maskedLengths : 1;
      own += add('lengths and counts', 1 + lengths);
      if (list.items !== undefined) {
        const item = child(list.items, '*');
        further.set(path, item);
        own += item;
      }
    }
    const scalars = scalarsOf(schema);
    if (scalars > 0) own += add(channelOf(schema), 1 + scalars);
    return own;
  };
  visit(0, '', []);
  return { bits, further };
}

// 0 to 8, 16, 32 and 64.
const maskedLengths = 12;

function channelOf({ literals, durations, count, boolean, numbers, port }: OutputSchema): Channel {
  if (durations !== undefined) return 'durations';
  if (count !== undefined) return 'lengths and counts';
  const isExported = boolean === true || port === true || numbers !== undefined;
  return isExported || literals.some((value) => !isMask(value)) ? 'exported values' : 'masked values';
}

/** The number of scalars that a schema allows; infinite for free text. */
export function scalarsOf(schema: OutputSchema): number {
  const { literals, boolean, numbers = [], count = [], durations = [], port, text } = schema;
  if (text !== undefined) return Infinity;
  const ranges = [...numbers, ...count].map(numbersIn);
  return (
    literals.length +
    (boolean === true ? 2 - literals.filter((value) => typeof value === 'boolean').length : 0) +
    (schema.null === true ? 1 : 0) +
    (port === true ? 3 * 65_536 : 0) +
    ranges.reduce((sum, numbers) => sum + numbers, 0) +
    durations.reduce((sum, format) => sum + (format === 'duration' ? isoDurations : goDurations), 0)
  );
}

/** The numbers of so many significant digits, up to a bound. */
function roundNumbers(most: number, digits: number): number {
  const exact = 10 ** digits - 1;
  if (most <= exact) return Math.floor(most);
  const lower = roundNumbers(10 ** (Math.ceil(Math.log10(most + 1)) - 1) - 1, digits);
  const step = 10 ** (Math.ceil(Math.log10(most + 1)) - digits);
  return lower + Math.floor(most / step) - 10 ** (digits - 1) + 1;
}

const goDurations = 2 * roundNumbers(1e18, 4) + 1;
const isoDurations = 381 * 11_575 * (roundNumbers(1e18, 4) + 1);

function numbersIn({ minimum, maximum, digits, integer, multipleOf }: NumberRange): number {
  if (minimum === undefined || maximum === undefined) return 2 ** 64;
  if (digits !== undefined) {
    const below = minimum < 0 ? roundNumbers(-minimum, digits) : 0;
    return below + roundNumbers(maximum, digits) + 1;
  }
  const step = multipleOf ?? (integer === true ? 1 : undefined);
  return step === undefined ? 2 ** 64 : Math.floor(maximum / step) - Math.ceil(minimum / step) + 1;
}
