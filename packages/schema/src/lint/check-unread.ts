import type { SchemaNode } from '../schema-node.js';
import { conditionKeywords, isKeywords, roleOf } from '../tree/keywords.js';
import type { Report } from './reporter.js';

// Schemas under these keywords apply to some values only, or to none, so they can deny an export and never allow one.
const unreadKeywords = [...conditionKeywords, 'not', 'contains', 'contentSchema'];

/** Reports tags that export nothing because of the keyword above them; does not follow references. */
export function checkUnread({ keywords }: SchemaNode, report: Report): void {
  const found = unreadKeywords.filter(
    (keyword) => keyword in keywords && holdsTag(keywords[keyword], keyword),
  );
  if (found.length === 0) return;
  const what = `has a tag under ${found.join(', ')}, which holds for some values only`;
  report('@candor/unread-tag', 'error', `${what}, so it lets nothing leave`);
}

function holdsTag(top: unknown, keyword: string): boolean {
  const pending = [{ value: top, role: roleOf(keyword) }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, role } = next;
    if (Array.isArray(value)) pending.push(...value.map((item: unknown) => ({ value: item, role })));
    if (!isKeywords(value)) continue;
    if (role === 'schema' && 'export' in value && value.export !== false) return true;
    for (const [key, child] of Object.entries(value)) {
      const below = role === 'schemas' ? 'schema' : roleOf(key);
      if (below !== 'data') pending.push({ value: child, role: below });
    }
  }
  return false;
}
