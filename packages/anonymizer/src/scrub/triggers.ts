import { accounts, domainUsers, isBehindCapital } from './accounts.js';
import { assignments, callArguments, isDefault, mayAssign } from './assignments.js';
import { asciiKinds, digits, kind, letters } from './characters.js';
import { wideCode } from './codes.js';
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
import type { Detector } from './scan.js';
import { attachedPassword, isLongFlag, longFlags } from './flags.js';
import { isSpoken, spoken, spokenEndings, spokenTrigrams } from './spoken.js';
import { commandLines, isBeforeCommand } from './commands.js';
import {
  datedHosts,
  hostEndings,
  hostTrigrams,
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
import { trigramTable } from './trigrams.js';
import { urls } from './urls.js';

interface Entry {
  readonly detector: Detector;
  /** The characters at which the detector is called. */
  readonly at: string;
  /** One of these ASCII characters must follow; any character if left out. */
  readonly before?: string;
  /** One of these endings, by `trigram`, must precede. */
  readonly behind?: Uint8Array;
  /** A further condition on the characters around, which is faster than calling the detector. */
  readonly when?: Condition;
  /** How far it reads: within a word, or several words; then its findings can depend on replacements nearby. */
  readonly over?: 'word' | 'words';
}

type Condition = (text: string, at: number) => boolean;

const code = { space: 32, small: 32, hyphen: 45, dot: 46, c: 99, n: 110, o: 111, u: 117 };
const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 33 + at));
const hexadecimal = `${digits}abcdefABCDEF`;
const quotes = '"\'`';

const entries: readonly Entry[] = [
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
  { detector: domainUsers, at: '\\', before: letters, when: isBehindCapital, over: 'word' },
  { detector: assignments, at: '%>\u2192\uff1a\uff1d\ufe55\ufe66\ua789', over: 'words' },
  { detector: distinguishedNames, at: '=', when: isBehindUnit, over: 'words' },
  { detector: callArguments, at: '(', before: `${quotes} \t\n`, over: 'words' },
  { detector: callArguments, at: quotes, before: ',', over: 'words' },
  { detector: spoken, at: ' \t\n', behind: spokenEndings, when: isSpoken, over: 'words' },
  { detector: spokenHosts, at: ' ', behind: hostEndings, when: isHostLead, over: 'words' },
  { detector: quotedNames, at: quotes, before: letters, when: isBehindWordAndSpace, over: 'words' },
  { detector: refusedHosts, at: ':', before: ' ', when: isRefusal, over: 'words' },
  { detector: loggedUsers, at: '[', before: digits, when: isBehindWordAndSpace, over: 'words' },
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
  { detector: tokens, at: '-_', before: `${digits}${letters}-_`, when: isBehindWord, over: 'word' },
  { detector: tokens, at: '.', before: `${digits}${letters}-_`, when: isBehindHead, over: 'word' },
  { detector: hashes, at: '${' },
  { detector: pem, at: '-', before: '-U', when: isFence },
  { detector: hyphenated, at: '-_', before: hexadecimal, over: 'word' },
  { detector: hyphenated, at: '-', before: '-', when: isPunycode, over: 'word' },
  { detector: longFlags, at: '-', before: '-', when: isLongFlag, over: 'words' },
  { detector: attachedPassword, at: '-', before: 'p', over: 'words' },
  { detector: cloudPaths, at: '/', before: visible, behind: cloudEndings, over: 'word' },
  { detector: folders, at: '/\\%', before: visible, behind: folderEndings },
  { detector: folders, at: '/\\%', before: visible, when: isBelowSeparator },
  { detector: tildes, at: '~', before: `${letters}_` },
  { detector: shares, at: '\\', before: '\\', over: 'word' },
  { detector: shares, at: '/', before: '/', over: 'word' },
];
const entriesForAddresses: readonly Entry[] = [...entries, { detector: bareHosts, at: ':', before: digits }];

/** How many lists of calls each action has, one for each code of the next character. */
export const callsPerAction: number = wideCode + 1;

// What the pass does at a character: 0 and 1 are letters and digits, 2 and 3 join the words of a token, 4 ends one, and 5 is to be looked up;
// each has its detectors in the table.
export const action = { letter: 0, digit: 1, hyphen: 2, underscore: 3, end: 4, other: 5 } as const;

/** The endings of the words after which a space is looked at. */
export const wordEndings: Uint8Array = trigramTable([...spokenTrigrams, ...hostTrigrams]);

// Decides nearly all spaces without the list of calls: call none, only behind certain words, or also if another space
// follows soon.
export const gate = { shut: 0, spoken: 1, spaced: 2, open: 3 } as const;

/** How one detector is called. */
export interface Call {
  readonly detector: Detector;
  /** The index of the detector's last result. */
  readonly index: number;
  readonly behind: Uint8Array | undefined;
  readonly when: Condition | undefined;
  readonly over: Entry['over'];
}

/** Which detectors look at which characters. */
export interface Table {
  /** The actions by the code of `codesOf`. */
  readonly actions: Uint8Array;
  /** The actions of characters that are not ASCII. */
  readonly others: ReadonlyMap<number, number>;
  /** The calls by action and the code of the next character, NUL at the end of the text. */
  readonly calls: readonly (readonly Call[])[];
  /** How to decide them, in the order of `calls`. */
  readonly gates: Uint8Array;
}

/** Returns the table for any text, created on first use. */
export const plainTable: () => Table = lazy(() => createTable(entries));

/** Returns the table for a text from a field for addresses. */
export const addressTable: () => Table = lazy(() => createTable(entriesForAddresses));

function createTable(all: readonly Entry[]): Table {
  const lists = entriesByCharacter(all);
  // The actions of letters, digits, joining characters and ends come first; only two of them have entries.
  const called: (readonly Entry[])[] = [[], [], lists.get('-') ?? [], lists.get('_') ?? [], [], []];
  const actionOf = new Map<string, number>([
    ['-', action.hyphen],
    ['_', action.underscore],
  ]);
  for (const [character, list] of lists)
    if (!actionOf.has(character)) actionOf.set(character, called.push(list) - 1);
  const actions = Uint8Array.from({ length: wideCode + 1 }, (_, code) => {
    if (code === wideCode) return action.other;
    if ((asciiKinds[code]! & kind.digit) !== 0) return action.digit;
    if ((asciiKinds[code]! & kind.alnum) !== 0) return action.letter;
    return actionOf.get(String.fromCharCode(code)) ?? action.end;
  });
  const others = new Map<number, number>();
  for (const [character, does] of actionOf) if (character > '\x7f') others.set(character.charCodeAt(0), does);
  return { actions, others, ...callsOf(all, called) };
}

function entriesByCharacter(all: readonly Entry[]): Map<string, Entry[]> {
  const lists = new Map<string, Entry[]>();
  for (const entry of all) {
    for (const character of entry.at) {
      const list = lists.get(character);
      if (list === undefined) lists.set(character, [entry]);
      else list.push(entry);
    }
  }
  return lists;
}

/** Returns the calls of these lists by the code of the next character, and how to decide them. */
function callsOf(
  all: readonly Entry[],
  lists: readonly (readonly Entry[])[],
): Pick<Table, 'calls' | 'gates'> {
  // Entries of one detector share its index, so that it does not read a part again that another entry has read.
  const detectors = [...new Set(all.map(({ detector }) => detector))];
  const callOf = new Map(
    all.map((entry) => {
      const { detector, behind, when, over } = entry;
      return [entry, { detector, index: detectors.indexOf(detector), behind, when, over }];
    }),
  );
  const calls: (readonly Call[])[] = [];
  const gates: number[] = [];
  for (const list of lists) {
    // Shared, since most characters have the same detectors as others.
    const shared = new Map<number, { readonly made: readonly Call[]; readonly gated: number }>();
    for (const bits of entriesBefore(list)) {
      let known = shared.get(bits);
      if (known === undefined) {
        const called = list.filter((_entry, at) => (bits & (1 << at)) !== 0);
        const made = called.map((entry) => callOf.get(entry)!);
        shared.set(bits, (known = { made, gated: gateOf(made) }));
      }
      calls.push(known.made);
      gates.push(known.gated);
    }
  }
  return { calls, gates: Uint8Array.from(gates) };
}

/** Returns the entries that are called before each next character, one bit for each. */
function entriesBefore(list: readonly Entry[]): Uint32Array {
  const found = new Uint32Array(callsPerAction);
  list.forEach(({ before }, at) => {
    const bit = 1 << at;
    if (before === undefined) {
      for (let code = 0; code < callsPerAction; code += 1) found[code]! |= bit;
      return;
    }
    for (const character of before) found[character.charCodeAt(0)]! |= bit;
    // The character is not known, so all are called.
    found[wideCode]! |= bit;
  });
  return found;
}

function gateOf(calls: readonly Call[]): number {
  if (calls.length === 0) return gate.shut;
  const others = calls.filter(({ behind }) => behind !== spokenEndings && behind !== hostEndings);
  if (others.length === 0) return gate.spoken;
  return others.every(({ when }) => when === isInPairs || when === isSpelledDot) ? gate.spaced : gate.open;
}

/** `dc=`, `ou =`, `o=` */
function isBehindUnit(text: string, at: number): boolean {
  const last = text.charCodeAt(text.charCodeAt(at - 1) === code.space ? at - 2 : at - 1) | code.small;
  return last === code.c || last === code.u || last === code.o;
}

function isBehindWord(text: string, at: number): boolean {
  return ((asciiKinds[text.charCodeAt(at - 1)] ?? 0) & kind.alnum) !== 0;
}

/** Returns true behind a possible last character of a token's part before the dot. */
function isBehindHead(text: string, at: number): boolean {
  return 'e9sbrG'.includes(text[at - 1] ?? '.');
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

/** Returns true in `xn--`. */
function isPunycode(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) | code.small) === code.n;
}

/** Returns true in `----` and before the `U` of `PuTTY-User-Key-File`. */
function isFence(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) !== code.hyphen || text.charCodeAt(at + 3) === code.hyphen;
}
