import { accounts } from './accounts.js';
import { assignments, callArguments } from './assignments.js';
import { asciiKinds, kind } from './characters.js';
import { cloudPaths, distinguishedNames, resourceNames } from './cloud.js';
import { disguised } from './disguised.js';
import { encoded } from './encoded.js';
import { folders, shares, tildes } from './folders.js';
import { hyphenated, spacedBytes } from './hardware.js';
import { bareHosts, servicePorts } from './host-ports.js';
import { hosts } from './hosts.js';
import { ipv6 } from './ipv6.js';
import { lazy } from './lazy.js';
import type { Detector } from './scan.js';
import { attachedPassword, spoken, spokenEndings } from './spoken.js';
import { hashes, pem, tokens } from './tokens.js';
import { urls } from './urls.js';

interface Entry {
  readonly detector: Detector;
  /** The characters at which the detector looks. */
  readonly at: string;
  /** The ASCII characters of which one must follow, or any where it is left out. */
  readonly before?: string;
  /** The endings, by `ending`, of which one must come before. */
  readonly behind?: Uint8Array;
}

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const visible = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 33 + at));
const hexadecimal = `${digits}abcdefABCDEF`;
const quotes = '"\'`';

const entries: readonly Entry[] = [
  // The last is the end of the text.
  { detector: urls, at: ':%\uff1a', before: `${visible}\0` },
  { detector: urls, at: '[', before: ':' },
  { detector: accounts, at: '@%\uff20', before: visible },
  { detector: hosts, at: '.%\uff0e\u3002\uff61\u2024', before: visible },
  { detector: ipv6, at: ':', before: `${hexadecimal}:` },
  { detector: servicePorts, at: ':\uff1a', before: digits },
  { detector: resourceNames, at: ':', before: visible },
  { detector: assignments, at: ':=%>\u2192\uff1a\uff1d' },
  { detector: distinguishedNames, at: '=' },
  { detector: callArguments, at: '(', before: `${quotes} \t\n` },
  { detector: callArguments, at: ',', before: `${quotes} \t\n` },
  { detector: spoken, at: ' \t', behind: spokenEndings },
  { detector: spacedBytes, at: ' ', before: hexadecimal },
  { detector: disguised, at: ' ', before: 'dD.' },
  { detector: disguised, at: '[({<\\&' },
  { detector: encoded, at: '%', before: '234567' },
  { detector: encoded, at: '\\', before: 'ux\\' },
  { detector: encoded, at: '&', before: '#acelpqs' },
  { detector: tokens, at: '-_.', before: `${digits}${letters}-_` },
  { detector: hashes, at: '${' },
  { detector: pem, at: '-', before: '-U' },
  { detector: hyphenated, at: '-_', before: `${hexadecimal}-` },
  { detector: attachedPassword, at: '-', before: 'p' },
  { detector: cloudPaths, at: '/', before: visible },
  { detector: folders, at: '/\\%', before: visible },
  { detector: tildes, at: '~', before: `${letters}_` },
  { detector: shares, at: '\\', before: '\\' },
  { detector: shares, at: '/', before: '/' },
];
const entriesForAddresses: readonly Entry[] = [...entries, { detector: bareHosts, at: ':', before: digits }];

// What the pass does at a character: 0 and 1 are letters and digits, 2 and 3 join the words of a token, and 4 ends one;
// each has its detectors in the table.
export const action = { letter: 0, digit: 1, hyphen: 2, underscore: 3, end: 4 } as const;

interface Call {
  readonly detector: Detector;
  /** Where the detector keeps what it returned last. */
  readonly place: number;
  /** Whether it looks where this ASCII character follows; undefined where it always does. */
  readonly follows: Uint8Array | undefined;
  readonly behind: Uint8Array | undefined;
}

/** Which detectors look at which characters. */
export interface Table {
  readonly ascii: Uint8Array;
  readonly wide: ReadonlyMap<number, number>;
  /** By action. */
  readonly calls: readonly (readonly Call[])[];
  /** By action and the ASCII character that follows: 0 where no detector looks, 1 where one does that `behind` decides. */
  readonly gates: Uint8Array;
}

/** The table for any text, made when it is first needed. */
export const plainTable: () => Table = lazy(() => createTable(entries));

/** The table for a text from a field for addresses. */
export const addressTable: () => Table = lazy(() => createTable(entriesForAddresses));

function createTable(all: readonly Entry[]): Table {
  const calls: Call[][] = [[], [], callsAt(all, '-'), callsAt(all, '_'), []];
  const actionOf = (character: string): number => {
    const list = callsAt(all, character);
    return list.length === 0 ? action.end : calls.push(list) - 1;
  };
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    if ((asciiKinds[code]! & kind.digit) !== 0) return action.digit;
    if ((asciiKinds[code]! & kind.alnum) !== 0) return action.letter;
    return character === '-' ? action.hyphen : character === '_' ? action.underscore : actionOf(character);
  });
  const triggers = new Set(all.map(({ at }) => at).join(''));
  const wide = new Map(
    [...triggers]
      .filter((character) => character > '\x7f')
      .map((character) => [character.charCodeAt(0), actionOf(character)]),
  );
  const gates = new Uint8Array(calls.length << 7);
  for (const [does, list] of calls.entries()) {
    for (let next = 0; next < 128; next += 1) {
      const looking = list.filter(({ follows }) => follows === undefined || follows[next] === 1);
      gates[(does << 7) | next] = looking.length === 0 ? 0 : looking.every(({ behind }) => behind) ? 1 : 2;
    }
  }
  return { ascii, wide, calls, gates };
}

function callsAt(all: readonly Entry[], character: string): Call[] {
  return all.flatMap(({ detector, at, before, behind }) => {
    if (!at.includes(character)) return [];
    // Entries of one detector share its place, or it would look at a stretch again that another has read.
    const place = all.findIndex((entry) => entry.detector === detector);
    return { detector, place, follows: before === undefined ? undefined : tableOf(before), behind };
  });
}

function tableOf(characters: string): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) =>
    characters.includes(String.fromCharCode(code)) ? 1 : 0,
  );
}
