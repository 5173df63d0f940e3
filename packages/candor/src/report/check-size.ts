/** How much a configuration may hold. A report takes 20,000 values; what does not leave is hashed, on the host's thread. */
export const configurationLimits = { values: 50_000, characters: 4_000_000 } as const;

interface Counted {
  values: number;
  characters: number;
  /** The objects that hold the present value. */
  readonly above: Set<object>;
}

/**
 * Returns true if a value holds more than a configuration may, in its own values or in what is reached on several ways. Stops
 * counting there, so that this takes a bounded number of steps. May throw what a getter throws.
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
  // What holds itself is refused later, by what reads it.
  if (typeof value !== 'object' || value === null || above.size === deepest || above.has(value)) return;
  above.add(value);
  // Bytes are written as a list of numbers.
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

/** What is deeper cannot be hashed, and is refused then. */
const deepest = 1000;

function isFull({ values, characters }: Counted): boolean {
  return values > configurationLimits.values || characters > configurationLimits.characters;
}
