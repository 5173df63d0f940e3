/**
 * How large a configuration may be. A report may have 20,000 values; the rest is only hashed, but on the host's thread.
 */
export const configurationLimits = { values: 50_000, characters: 4_000_000 } as const;

interface Counted {
  values: number;
  characters: number;
  /** The objects around the present value. */
  readonly above: Set<object>;
}

/**
 * Returns true if a value holds more than a configuration may, counting an object again each time it is reached. Stops
 * at the limit, so this takes a bounded number of steps. May throw what a getter throws.
 */
export function isTooLarge(value: unknown): boolean {
  const counted: Counted = { values: 0, characters: 0, above: new Set() };
  add(value, counted);
  return isFull(counted);
}

function add(value: unknown, counted: Counted): void {
  const { above } = counted;
  counted.values += 1;
  if (typeof value === 'string') counted.characters += value.length;
  // A cycle is refused later, when the value is read.
  if (typeof value !== 'object' || value === null || above.size === deepest || above.has(value)) return;
  above.add(value);
  // A typed array is reported as a list of numbers.
  if (ArrayBuffer.isView(value)) counted.values += value.byteLength;
  else if (Array.isArray(value)) {
    for (let at = 0; at < value.length && !isFull(counted); at += 1) add(value[at], counted);
  } else {
    for (const key in value) {
      if (isFull(counted)) break;
      counted.characters += key.length;
      add((value as Record<string, unknown>)[key], counted);
    }
  }
  above.delete(value);
}

/** The hasher refuses deeper values. */
const deepest = 1000;

function isFull({ values, characters }: Counted): boolean {
  return values > configurationLimits.values || characters > configurationLimits.characters;
}
