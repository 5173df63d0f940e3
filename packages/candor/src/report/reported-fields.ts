import type { ReportedField, ReportedFields } from '@candor/reporter';
import {
  anyMember,
  type Field,
  type FieldList,
  fieldTreatment,
  parsePath,
  type PathSegment,
  shapeBeyond,
  shapeTreatment,
} from '@candor/schema';

/** Returns the field list in the reporter's form, without what this installation denies. */
export function reportedFields(list: FieldList, deny: readonly string[]): ReportedFields {
  return {
    digest: list.digest,
    fields: list.fields.filter(({ path }) => path !== '' && !isDenied(path, deny)).map(reported),
    shape: shapeBeyond(list)
      .filter(({ path }) => !isDenied(path, deny))
      .map((shape) => ({ path: shape.path, exportedAs: shapeTreatment(shape) })),
  };
}

/** Returns true if a pattern of `deny` covers a path of the field list, or a parent of it. */
export function isDenied(path: string, deny: readonly string[]): boolean {
  // Most programs deny nothing, and need no path parsed.
  if (deny.length === 0) return false;
  const segments = lowerCase(parsePath(path));
  return deny.some((pattern) => covers(lowerCase(parsePath(pattern)), segments));
}

function lowerCase(path: readonly PathSegment[]): PathSegment[] {
  return path.map((segment) => (typeof segment === 'string' ? segment.toLowerCase() : segment));
}

function covers(pattern: readonly PathSegment[], segments: readonly PathSegment[]): boolean {
  if (pattern.length === 0 || pattern.length > segments.length) return false;
  return pattern.every((segment, at) => segment === anyMember || segment === segments[at]);
}

function reported(field: Field): ReportedField {
  const { path, description } = field;
  return { path, exportedAs: fieldTreatment(field), ...(description !== undefined && { description }) };
}
