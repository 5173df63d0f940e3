import { kind } from './characters.js';
import { nameRule } from './hosts.js';
import { after, before, beginsWord, is, read, type Detector } from './scan.js';
import { userStart } from './urls.js';

/** Hardware addresses with spaces between the bytes, `00 1A 2B 3C 4D 5E`; looked for at the first space. */
export const spacedBytes: Detector = (scan, space, floor) => {
  if (
    scan.text.charCodeAt(space + 3) !== 32 ||
    scan.text.charCodeAt(space + 6) !== 32 ||
    !beginsWord(scan, space - 2)
  )
    return floor;
  const written = read(scan, space - 2, space + 64);
  const bytes = /^[\da-f]{2}(?: [\da-f]{2}){5,19}(?![\p{L}\p{N}])/iu.exec(written)?.[0];
  if (space < 2 || bytes === undefined || !/[a-f]/i.test(bytes) || !/\d/.test(bytes)) return floor;
  return scan.report(space - 2, space - 2 + bytes.length, '@mac');
};

/** Names without a dot that are addresses: `00-1A-2B-3C-4D-5E`, `ip-10-1-2-3`, `xn--…`; looked for at the first `-`. */
export const hyphenated: Detector = (scan, hyphen, floor) => {
  const next = scan.text.slice(hyphen, hyphen + 8);
  const pairs = /^[-_][\da-f]{2}[-_][\da-f]{2}[-_]|^-[\da-f]{4}-[\da-f]|^-[\da-f]{6}|^-\d{1,3}-\d/i.test(
    next,
  );
  if (!pairs && !(next.startsWith('--') && /^xn$/i.test(scan.text.slice(Math.max(0, hyphen - 2), hyphen))))
    return floor;
  const start = before(scan, hyphen, kind.word, floor);
  const end = after(scan, hyphen, kind.host);
  const rule = is(scan, start - 1, kind.host) ? undefined : nameRule(read(scan, start, end));
  if (rule === undefined || (rule === '@domain') !== next.startsWith('--')) return Math.max(floor, end);
  return scan.report(userStart(scan, start), end, rule);
};
