/** Returns a function that computes a constant on first use, since most programs need it late or never. */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * Returns a Unicode expression, compiled on first use. As a literal it would be checked when this package is loaded,
 * which takes a few tenths of a millisecond each and blocks the host.
 */
export function unicode(source: string, flags = 'u'): () => RegExp {
  return lazy(() => new RegExp(source, flags));
}

/** Invisible characters, all of a text. */
export const ignorables: () => RegExp = unicode(String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}]`, 'gu');
