/**
 * Returns lines as CSV (RFC 4180); the first one is the header.
 *
 * A cell that a spreadsheet would read as a formula gets an apostrophe before it. A number is not a formula: `-3` stays
 * `-3`, while `-3+1` becomes `'-3+1`.
 */
export function toCsv(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/**
 * The characters that begin a formula, full-width forms included
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function cell(value: string | number): string {
  const text = String(value);
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
