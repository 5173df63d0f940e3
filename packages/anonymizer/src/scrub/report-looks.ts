import { spend } from './budget.js';
import type { Scan } from './scan.js';

const reach = 160;

/**
 * Reports the word from `from` on, quoted or not, where it has the looks of what is looked for, or where any quoted one
 * is. A word that is not quoted ends at one of `ends` as well.
 */
export function reportLooks(
  scan: Scan,
  from: number,
  floor: number,
  looks: (value: string) => boolean,
  rule: string,
  { quotedAlways = false, ends = '' }: { readonly quotedAlways?: boolean; readonly ends?: string } = {},
): number {
  const quote = /["'`]/.test(scan.text[from] ?? ' ') ? scan.text[from]! : '';
  const start = from + quote.length;
  let end = start;
  const stops = quote === '' ? ends : '';
  while (
    end < scan.text.length &&
    end - start < reach &&
    !/[\s"'`]/.test(scan.text[end]!) &&
    !stops.includes(scan.text[end]!)
  )
    end += 1;
  spend(scan.work, end - start);
  while (end > start && /[.,;:)\]]/.test(scan.text[end - 1]!)) end -= 1;
  const value = scan.text.slice(start, end);
  if (end === start || !((quotedAlways && quote !== '' && value.length >= 4) || looks(value))) return floor;
  scan.report(start, end, rule);
  return end;
}
