import { anyMember } from '../path.js';
import { isKeywords, type Keywords } from '../tree/keywords.js';
import type { Path } from './reporter.js';

/**
 * Returns the paths of the tags that a type of ArkType has of itself, by its description of its own as JSON. Its JSON
 * Schema lacks those of a conversion, and of every object around one.
 */
export function arktypeTags(type: unknown): Path[] {
  const found: Path[] = [];
  const visit = (node: unknown, path: Path): void => {
    if (!isKeywords(node)) return;
    if (isKeywords(node.meta) && node.meta.export !== undefined) found.push(path);
    for (const { key, value } of [...membersOf(node.required), ...membersOf(node.optional)])
      if (typeof key === 'string') visit(value, [...path, key]);
    for (const { value } of membersOf(node.index)) visit(value, [...path, anyMember]);
    if (isKeywords(node.sequence)) visit(node.sequence.variadic ?? node.sequence, [...path, anyMember]);
  };
  const isType = typeof type === 'function' && 'json' in type;
  if (isType) visit(type.json, []);
  return found;
}

function membersOf(list: unknown): Keywords[] {
  return Array.isArray(list) ? list.filter(isKeywords) : [];
}
