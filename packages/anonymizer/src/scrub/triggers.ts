import { accounts, domainUsers } from './accounts.js';
import { assignments, callArguments, isDefault, mayAssign } from './assignments.js';
import { digits, letters } from './characters.js';
import { cloudEndings, cloudPaths, distinguishedNames, resourceNames } from './cloud.js';
import { disguised } from './disguised.js';
import { encoded } from './encoded.js';
import { folderEndings, folders, isBelowSeparator, shares, tildes } from './folders.js';
import { hyphenated, spacedBytes } from './hardware.js';
import { bareHosts, servicePorts } from './host-ports.js';
import { mayBeHost } from './harmless-dots.js';
import { hosts } from './hosts.js';
import { ipv6 } from './ipv6.js';
import { lazy } from './lazy.js';
import { attachedPassword, isLongFlag, longFlags } from './flags.js';
import { isSpoken, spoken, spokenEndings } from './spoken.js';
import { commandLines, isBeforeCommand } from './commands.js';
import {
  datedHosts,
  hostEndings,
  isBeforeSeconds,
  isBehindWordAndSpace,
  isHostLead,
  isRefusal,
  loggedUsers,
  quotedNames,
  refusedHosts,
  resolverErrors,
  spokenHosts,
} from './spoken-hosts.js';
import { hashes, pem, tokens } from './tokens.js';
import { createTable, type Table, type Trigger } from './trigger-table.js';
import { urls } from './urls.js';

const code = { space: 32, small: 32, hyphen: 45, dot: 46, c: 99, o: 111, u: 117 };
const capitals = letters.slice(letters.indexOf('A'));
const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 33 + at));
const alphanumeric = `${digits}${letters}`;
const hexadecimal = `${digits}abcdefABCDEF`;
const quotes = '"\'`';

const entries: readonly Trigger[] = [
  // The last is the end of the text.
  { detector: urls, at: ':%\uff1a', before: `${visible}\0` },
  { detector: urls, at: '[', before: ':' },
  { detector: accounts, at: '@%\uff20', before: visible },
  { detector: hosts, at: '.', before: visible, when: mayBeHost, over: 'word' },
  { detector: hosts, at: '%\uff0e\u3002\uff61\u2024', before: visible, over: 'word' },
  { detector: ipv6, at: ':', before: `${hexadecimal}:`, over: 'word' },
  { detector: servicePorts, at: ':\uff1a', before: digits, over: 'word' },
  { detector: resourceNames, at: ':', before: visible, over: 'word' },
  { detector: assignments, at: ':=', when: mayAssign, over: 'words' },
  { detector: assignments, at: '|', before: '|', when: isDefault, over: 'words' },
  { detector: assignments, at: '?', before: '?', when: isDefault, over: 'words' },
  { detector: domainUsers, at: '\\', before: letters, behind: `${capitals}${digits}`, over: 'word' },
  { detector: assignments, at: '%>\u2192\uff1a\uff1d\ufe55\ufe66\ua789', over: 'words' },
  { detector: distinguishedNames, at: '=', behind: ' cuoCUO', when: isBehindUnit, over: 'words' },
  { detector: callArguments, at: '(', before: `${quotes} \t\n`, over: 'words' },
  { detector: callArguments, at: quotes, before: ',', over: 'words' },
  { detector: spoken, at: ' \t\n', endings: spokenEndings, when: isSpoken, over: 'words' },
  { detector: spokenHosts, at: ' ', endings: hostEndings, when: isHostLead, over: 'words' },
  {
    detector: quotedNames,
    at: quotes,
    before: letters,
    behind: ' ',
    when: isBehindWordAndSpace,
    over: 'words',
  },
  { detector: refusedHosts, at: ':', before: ' ', when: isRefusal, over: 'words' },
  { detector: loggedUsers, at: '[', before: digits, behind: ' ', when: isBehindWordAndSpace, over: 'words' },
  { detector: datedHosts, at: ':', before: digits, when: isBeforeSeconds, over: 'words' },
  { detector: resolverErrors, at: '_', before: 'A', over: 'words' },
  { detector: commandLines, at: '\n|&;$', when: isBeforeCommand, over: 'words' },
  { detector: spacedBytes, at: ' ', before: hexadecimal, when: isInPairs },
  { detector: disguised, at: ' ', before: 'dD.', when: isSpelledDot, over: 'words' },
  { detector: disguised, at: '[({<', when: isBracketedDot, over: 'words' },
  { detector: disguised, at: '\\', before: '.@uUxX\\', over: 'words' },
  { detector: disguised, at: '&', before: '#pPcC', over: 'words' },
  { detector: encoded, at: '%', before: '234567' },
  { detector: encoded, at: '\\', before: 'ux\\' },
  { detector: encoded, at: '&', before: '#aceglpqs' },
  { detector: tokens, at: '-_', before: `${alphanumeric}-_`, behind: alphanumeric, over: 'word' },
  // The possible last characters of a token's part before the dot.
  { detector: tokens, at: '.', before: `${alphanumeric}-_`, behind: 'e9sbrG', over: 'word' },
  { detector: hashes, at: '${' },
  { detector: pem, at: '-', before: '-U', when: isFence },
  { detector: hyphenated, at: '-_', before: hexadecimal, over: 'word' },
  // `xn--`
  { detector: hyphenated, at: '-', before: '-', behind: 'nN', over: 'word' },
  { detector: longFlags, at: '-', before: '-', when: isLongFlag, over: 'words' },
  { detector: attachedPassword, at: '-', before: 'p', over: 'words' },
  { detector: cloudPaths, at: '/', before: visible, endings: cloudEndings, over: 'word' },
  { detector: folders, at: '/\\%', before: visible, endings: folderEndings },
  { detector: folders, at: '/\\%', before: visible, when: isBelowSeparator },
  { detector: tildes, at: '~', before: `${letters}_` },
  { detector: shares, at: '\\', before: '\\', over: 'word' },
  { detector: shares, at: '/', before: '/', over: 'word' },
];
const entriesForAddresses: readonly Trigger[] = [
  ...entries,
  { detector: bareHosts, at: ':', before: digits },
];

/** Returns the table for any text, created on first use. */
export const plainTable: () => Table = lazy(() => createTable(entries));

/** Returns the table for a text from a field for addresses. */
export const addressTable: () => Table = lazy(() => createTable(entriesForAddresses));

/** `dc=`, `ou =`, `o=` */
function isBehindUnit(text: string, at: number): boolean {
  const last = text.charCodeAt(text.charCodeAt(at - 1) === code.space ? at - 2 : at - 1) | code.small;
  return last === code.c || last === code.u || last === code.o;
}

/** Returns true in `00 1A 2B`. */
function isInPairs(text: string, at: number): boolean {
  return (
    at + 6 < text.length && text.charCodeAt(at + 3) === code.space && text.charCodeAt(at + 6) === code.space
  );
}

/** Returns true in ` dot ` and ` . `. */
function isSpelledDot(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) === code.dot) return text.charCodeAt(at + 2) === code.space;
  return text.charCodeAt(at + 4) === code.space;
}

/** Returns true in `[.`, `(dot)`, `.(com`. */
function isBracketedDot(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === code.dot || ' dDaApP.@\\'.includes(text[at + 1] ?? '-');
}

/** Returns true in `----` and before the `U` of `PuTTY-User-Key-File`. */
function isFence(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) !== code.hyphen || text.charCodeAt(at + 3) === code.hyphen;
}
