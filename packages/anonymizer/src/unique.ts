import { maskedText, type Json } from '@candor/schema';

const masks: ReadonlySet<unknown> = new Set([undefined, null, false, 0, '', maskedText]);

/** Returns true if a value occurs twice, masks aside. */
export function hasRepeats(values: readonly (Json | undefined)[]): boolean {
  const known = new Set<unknown>();
  for (const value of values) {
    if (masks.has(value)) continue;
    if (known.has(value)) return true;
    known.add(value);
  }
  return false;
}
