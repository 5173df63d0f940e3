import { kind } from './characters.js';
import { after, upTo, type Scan } from './scan.js';
import { isQuote } from './value-after.js';
import { looksLikeHost } from './values.js';

const reach = 512;
const longestSpace = 32;
const longestLine = 80;
const line = /^- ["']?[\w.-]+(?::\d{1,5})?["']?[ \t]*$/;
const item = /(?<=[\s"',[-])[a-z][\w-]{2,62}(?=[\s"',:]|$)/gi;

/**
 * Reports the hosts of a list behind a separator: `["db-1", "db-2"]`, or lines that begin with a hyphen.
 *
 * Returns where the list ends, or undefined where none is.
 */
export function hostList(scan: Scan, from: number): number | undefined {
  const start = after(scan, isQuote(scan.text[from]) ? from + 1 : from, kind.space, from + longestSpace);
  const end =
    scan.text[start] === '[' ? bracketed(scan, start) : scan.text[start] === '-' ? lined(scan, start) : start;
  if (end === start) return undefined;
  for (const { 0: host, index } of scan.text.slice(start, end).matchAll(item))
    if (looksLikeHost(host)) scan.report(start + index, start + index + host.length, '@host');
  return end;
}

/** Where a list of plain values ends: one of others has names in it that are looked at on their own. */
function bracketed(scan: Scan, start: number): number {
  const end = upTo(scan, start + 1, '[]{}=', start + reach);
  return scan.text[end] === ']' && !/:\D/.test(scan.text.slice(start, end)) ? end : start;
}

function lined(scan: Scan, start: number): number {
  let end = start;
  for (let at = start; at < start + reach;) {
    const lineEnd = upTo(scan, at, '\n\r', at + longestLine);
    if (!line.test(scan.text.slice(at, lineEnd))) break;
    end = lineEnd;
    at = after(scan, lineEnd, kind.space, lineEnd + longestSpace);
  }
  return end;
}
