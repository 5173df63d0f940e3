import { is, kind, type Rule, type Scan } from './scan.js';
import { unicode } from './lazy.js';

// `/home/` deep inside a path is a page more often than a person's folder.
const unix = unicode(String.raw`(?:^|[^\p{L}\p{N}_./-]|/var|/usr|/export)/(?:home|Users)/$`);
const windows = /(?:\\\\?|\/)(?:users|documents and settings)(?:\\\\?|\/)$/i;
const longestLead = 30;

/** The name in `/home/alice`, `/Users/alice` and `C:\Users\alice`. */
export const folders: Rule = (scan, report) => {
  const { text } = scan;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '/' && text[at] !== '\\') continue;
    const kindOfPath = leadsToPeople(scan, at + 1);
    if (kindOfPath === undefined) continue;
    const end = nameEnd(scan, at + 1, kindOfPath);
    if (end > at + 1 && text.slice(at + 1, end) !== 'xxxx') report(at + 1, end, '@path:user');
  }
  scan.work.steps += text.length;
};

function leadsToPeople(scan: Scan, to: number): 'unix' | 'windows' | undefined {
  const last = scan.text[to - 2];
  if (last === undefined || !/[es\\]/i.test(last)) return undefined;
  const lead = scan.text.slice(Math.max(0, to - longestLead), to);
  scan.work.steps += lead.length;
  if (/\/(?:home|Users)\/$/.test(lead) && unix().test(lead)) return 'unix';
  return windows.test(lead) && lead.includes('\\') ? 'windows' : undefined;
}

function nameEnd(scan: Scan, from: number, path: 'unix' | 'windows'): number {
  let end = from;
  while (end < scan.text.length && !/[\\/"'`<>|?*:;,(){}[\]\s]/.test(scan.text[end]!)) end += 1;
  // A Windows name can hold spaces; that it goes on shows in the backslash after it.
  if (path === 'windows' && scan.text[end] === ' ') {
    const more = /^[^\\/"'`<>|?*:;\n\r]{1,40}(?=\\)/.exec(scan.text.slice(end, end + 41));
    end += more?.[0].length ?? 0;
  }
  scan.work.steps += end - from + 1;
  while (end > from && !is(scan, end - 1, kind.word) && /[.!]/.test(scan.text[end - 1]!)) end -= 1;
  return end;
}
