/** Containers nested deeper than this are left out, so that no input can overflow the stack. */
export const deepest = 64;

/** Values beyond this many are left out, so that shared references cannot multiply without end. */
export const mostValues = 200_000;

/** A longer list must have no holes: it can claim any length, and each hole would cost as much as a value. */
export const longestSparse = 1000;

/** Why a value cannot be read as JSON. */
export type Unreadable = 'unsupported' | 'cycle' | 'too-deep' | 'too-many';

/** A copy of a value that contains only JSON and was read once, so that later code meets no getters or proxies. */
export type Snapshot =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly Snapshot[] }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Snapshot> }
  /** `present` is false for undefined, which JSON omits. */
  | { readonly kind: 'unreadable'; readonly why: Unreadable; readonly present: boolean };

/**
 * Reads any value without changing it. Never throws: anything else than plain JSON data (a date, a class instance, a
 * function, NaN, a getter or proxy that throws) is marked unreadable.
 */
export function snapshot(value: unknown): Snapshot {
  const budget = { left: mostValues };
  const above = new Set<object>();
  function read(value: unknown): Snapshot {
    budget.left -= 1;
    if (budget.left < 0) return unreadable('too-many');
    switch (typeof value) {
      case 'boolean':
        return { kind: 'boolean', value };
      case 'string':
        return { kind: 'string', value };
      case 'number':
        // JSON has no negative zero.
        return Number.isFinite(value) ? { kind: 'number', value: value + 0 } : unsupported;
      case 'object':
        return value === null ? { kind: 'null' } : readObject(value);
      case 'undefined':
        return absent;
      default:
        return unsupported;
    }
  }
  function readObject(value: object): Snapshot {
    if (above.has(value)) return unreadable('cycle');
    if (above.size >= deepest) return unreadable('too-deep');
    above.add(value);
    try {
      if (Array.isArray(value)) return readList(value);
      return isPlain(value) ? readEntries(value) : unsupported;
    } catch {
      // A proxy's trap threw: nothing is known about this value except that it is present.
      return unsupported;
    } finally {
      above.delete(value);
    }
  }
  function readList(list: readonly unknown[]): Snapshot {
    const isSparse = list.length > longestSparse && Object.keys(list).length < list.length;
    if (isSparse) return unsupported;
    return { kind: 'array', items: Array.from({ length: list.length }, (_, at) => readMember(list, at)) };
  }
  function readEntries(value: object): Snapshot {
    const keys = Object.keys(value);
    return { kind: 'object', entries: new Map(keys.map((key) => [key, readMember(value, key)])) };
  }
  function readMember(container: object, key: string | number): Snapshot {
    try {
      return read((container as Record<string | number, unknown>)[key]);
    } catch {
      return unsupported;
    }
  }
  return read(value);
}

function unreadable(why: Unreadable): Snapshot {
  return { kind: 'unreadable', why, present: true };
}

const unsupported = unreadable('unsupported');
const absent: Snapshot = { kind: 'unreadable', why: 'unsupported', present: false };

/** Returns true if an object is plain data, of this realm or another (a worker, a test runner's context). */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
