/** A constant that is made when it is first needed, since most programs need it late or never. */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/**
 * An expression for all of Unicode. As a literal it would be checked when this package is loaded, which takes a few
 * tenths of a millisecond each and keeps a host from its work.
 */
export function unicode(source: string, flags = 'u'): () => RegExp {
  return lazy(() => new RegExp(source, flags));
}

/** Invisible characters, all of a text. */
export const ignorables: () => RegExp = unicode(String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}]`, 'gu');
