import { nameRule } from './hosts.js';
import { read, textBefore, type Detector } from './scan.js';

// The ways to write a dot or an `@` that no program reads as an address, and those of regular expressions.
const separator =
  ' ?[[({<] ?(?:dot|d0t|at|punkt|point|\\.|@) ?[\\])}>] ?|\\[\\.|\\\\{1,2}[.@]|\\\\{1,2}(?:u00|x)(?:2e|40)|&#0{0,4}(?:46|64);|&#x0{0,4}(?:2e|40);|&(?:period|commat);| (?:dot|at) | \\. |[.@]';
const label = '[\\p{L}\\p{N}_-]{1,63}';
const before = new RegExp(`(?:${label}(?:${separator})){0,6}${label}$`, 'iu');
const behind = new RegExp(`^(?:(?:${separator})(?:\\((?:\\?:)?)?${label}){1,6}`, 'iu');
const separators = new RegExp(separator, 'giu');
const begin =
  /^(?:\.\(|.\[\.[\p{L}\d]|.(?:[[({<] ?(?:dot|d0t|at|punkt|point|\.|@) ?[\])}>]|\\\\?[.@ux]|&[#pc]| dot | \. \d))/iu;
const reach = 96;

/** `acme[.]com`, `alice at acme dot com`, `^api\.acme\.com$`, `acme&#46;com`; looked for at the separator. */
export const disguised: Detector = (scan, at, floor) => {
  if (!begin.test(scan.text.slice(Math.max(0, at - 1), at + 10))) return floor;
  const first = ' .'.includes(scan.text[at - 1] ?? '-') ? at - 1 : at;
  const lead = before.exec(textBefore(scan, first, reach, floor))?.[0];
  if (lead === undefined) return floor;
  const rest = behind.exec(read(scan, first, first + reach))?.[0];
  if (rest === undefined) return floor;
  const plain = (lead + rest).replace(/\((?:\?:)?(?=[^()]*$)/, '').replace(separators, signOf);
  const rule = plain
    .split('@')
    .map((part) => nameRule(part))
    .find((found) => found !== undefined);
  if (rule === undefined) return floor;
  const end = first + rest.length;
  return scan.report(first - lead.length, end, rule);
};

function signOf(written: string): string {
  return /at|@|40|64|comm/i.test(written) ? '@' : '.';
}
