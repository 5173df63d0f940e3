import { spend } from './budget.js';
import { upTo, withoutEnd, type Scan } from './scan.js';

// How many characters of a word decide its looks.
const reach = 160;
const shortestQuoted = 4;
// The characters that end a sentence or close a bracket.
const signs = '.,;:)]';

/**
 * Reports the word that starts at `from`, quoted or not, if `looks` accepts it, or if it is quoted and `quotedAlways`
 * is set. An unquoted word also ends at one of `ends`.
 *
 * A long word is reported to its end: its remainder would be taken for the next value, and read again in each round.
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
      return scan.report(start, close, rule);
    }
  }
  const stops = quote === '' ? ends : '';
  const seen = wordEnd(scan, start, stops, start + reach);
  const value = scan.text.slice(start, withoutEnd(scan, start, seen, signs));
  if (value === '' || !((quotedAlways && quote !== '' && value.length >= shortestQuoted) || looks(value)))
    return floor;
  const end = withoutEnd(scan, start, wordEnd(scan, seen, stops, scan.text.length), signs);
  return scan.report(start, end, rule);
}

/** Returns the end of a word that was read up to `from`, at most `limit`. */
function wordEnd(scan: Scan, from: number, stops: string, limit: number): number {
  const last = Math.min(limit, scan.text.length);
  let end = from;
  while (end < last && !/[\s"'`]/.test(scan.text[end]!) && !stops.includes(scan.text[end]!)) end += 1;
  spend(scan.work, end - from);
  return end;
}
