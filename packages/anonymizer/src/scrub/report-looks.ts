import { spend } from './budget.js';
import { upTo, type Scan } from './scan.js';

// How much of a word its looks are told by.
const reach = 160;
const shortestQuoted = 4;

/**
 * Reports the word from `from` on, quoted or not, where it has the looks of what is looked for, or where any quoted text
 * is. A word that is not quoted ends at one of `ends` as well.
 *
 * A long word is reported to its end: what is left of one would be taken for the next value, and looked at in each round.
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
  if (quotedAlways && quote !== '') {
    const close = upTo(scan, start, `${quote}\n`, start + reach);
    if (scan.text[close] === quote && close - start >= shortestQuoted) {
      scan.report(start, close, rule);
      return close;
    }
  }
  const stops = quote === '' ? ends : '';
  const seen = wordEnd(scan, start, stops, start + reach);
  const value = scan.text.slice(start, withoutSigns(scan, start, seen));
  if (value === '' || !((quotedAlways && quote !== '' && value.length >= shortestQuoted) || looks(value)))
    return floor;
  const end = withoutSigns(scan, start, wordEnd(scan, seen, stops, scan.text.length));
  scan.report(start, end, rule);
  return end;
}

/** Where a word ends that has reached `from`, at most `limit`. */
function wordEnd(scan: Scan, from: number, stops: string, limit: number): number {
  const last = Math.min(limit, scan.text.length);
  let end = from;
  while (end < last && !/[\s"'`]/.test(scan.text[end]!) && !stops.includes(scan.text[end]!)) end += 1;
  spend(scan.work, end - from);
  return end;
}

/** Leaves out the signs that end a sentence or close a bracket. */
function withoutSigns(scan: Scan, start: number, to: number): number {
  let end = to;
  while (end > start && /[.,;:)\]]/.test(scan.text[end - 1]!)) end -= 1;
  return end;
}
