import { reasonText, type Remark } from '@candor/anonymizer';
import { formatPath } from '@candor/schema';

/** Marks an action, in colour for example; must not change the visible width. */
export type Style = (action: Remark['action'], text: string) => string;

/** How an explanation is shown. */
export interface ExplainOptions {
  readonly style?: Style | undefined;
  /** The width of a line; default 80. */
  readonly columns?: number | undefined;
}

/** Returns what happens to each path and why: on one line if it fits, else with the reason below. */
export function explainText(
  remarks: readonly Remark[],
  { style = (_, text) => text, columns = 80 }: ExplainOptions = {},
): string {
  const listed = remarks
    .filter(({ path }) => path.length > 0)
    .map((remark) => ({
      action: remark.action,
      path: formatPath(remark.path),
      reason: reasonAndValue(remark),
    }));
  if (listed.length === 0) return 'The configuration is empty.\n';
  const actions = longest(listed.map(({ action }) => action));
  const room = columns - actions - 2;
  const fitting = listed.filter(({ path, reason }) => path.length + 2 + reason.length <= room);
  const reasons = longest(fitting.map(({ reason }) => reason));
  const paths = Math.min(room - 2 - reasons, longest(fitting.map(({ path }) => path)));
  return listed
    .map(({ action, path, reason }) => {
      const start = style(action, action.padEnd(actions));
      const below =
        path.length > paths ? `\n${' '.repeat(actions + 4)}` : ' '.repeat(paths - path.length + 2);
      return `${start}  ${path}${below}${reason}\n`;
    })
    .join('');
}

// Returns the length of the longest text. `Math.max(...)` takes some 100,000 arguments, and a configuration may have
// more values.
function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Returns how often each action occurs: `12 kept, 3 masked`. */
export function countsText(remarks: readonly Remark[]): string {
  const counts = new Map<string, number>();
  for (const { path, action } of remarks) {
    if (path.length > 0) counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return [...counts].map(([action, count]) => `${count} ${action}`).join(', ');
}

function reasonAndValue(remark: Remark): string {
  const why = reasonText(remark);
  if (remark.value === undefined) return why;
  const text = JSON.stringify(remark.value);
  return `${why} -> ${text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text}`;
}

const longestValue = 24;
