/** Creates a map with these keys, in this order, whose values are computed on first use. */
export function lazyMap<Value>(
  keys: readonly string[],
  make: (key: string) => Value,
): ReadonlyMap<string, Value> {
  const declared = new Set(keys);
  const made = new Map<string, Value>();
  function get(key: string): Value | undefined {
    const known = made.get(key);
    if (known !== undefined || !declared.has(key)) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  }
  function* entries(): MapIterator<[string, Value]> {
    for (const key of declared) yield [key, get(key) as Value];
  }
  function* values(): MapIterator<Value> {
    for (const key of declared) yield get(key) as Value;
  }
  const map: ReadonlyMap<string, Value> = {
    get,
    has: (key) => declared.has(key),
    size: declared.size,
    keys: () => declared.values() as MapIterator<string>,
    values,
    entries,
    forEach: (callback, thisArgument) => {
      for (const [key, value] of entries()) callback.call(thisArgument, value, key, map);
    },
    [Symbol.iterator]: entries,
  };
  return map;
}
