/**
 * Writes lines as CSV (RFC 4180), the header being the first of them.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it. What reads as a number is none:
 * `-3` stays `-3`, while `-3+1` becomes `'-3+1`.
 */
export function toCsv(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** What begins a formula, in full width too (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function cell(value: string | number): string {
  const text = String(value);
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
