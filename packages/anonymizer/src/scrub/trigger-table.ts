import { asciiKinds, kind } from './characters.js';
import { wideCode } from './codes.js';
import type { Detector } from './scan.js';
import { trigram, trigramCount } from './trigrams.js';

/** Says at which characters a detector is called. */
export interface Trigger {
  readonly detector: Detector;
  /** The characters at which the detector is called. */
  readonly at: string;
  /** One of these ASCII characters must follow, or any other than ASCII; any character if left out. */
  readonly before?: string;
  /** One of these ASCII characters must precede; any character if left out. */
  readonly behind?: string;
  /** The three characters that precede must be one of these, by `trigram`. */
  readonly endings?: readonly string[];
  /** A further condition on the characters around, which is faster than calling the detector. */
  readonly when?: Condition;
  /** How far it reads: within a word, or several words; then its findings can depend on replacements nearby. */
  readonly over?: 'word' | 'words';
}

type Condition = (text: string, at: number) => boolean;

/**
 * What the pass does at a character: 0 and 1 are letters and digits, 2 and 3 join the words of a token, 4 ends one, and
 * 5 is to be looked up. The numbers from 6 on end a token, and each has its own detectors.
 */
export const action = { letter: 0, digit: 1, hyphen: 2, underscore: 3, end: 4, other: 5 } as const;
const firstOwn = 6;

/** How one detector is called. */
export interface Call {
  readonly detector: Detector;
  /** The index of the detector's last result. */
  readonly index: number;
  readonly when: Condition | undefined;
  readonly over: Trigger['over'];
}

/**
 * Which detectors look at which characters. Those of an action are the bits of a number, so that the characters around
 * decide which of them are called, without a loop.
 */
export interface Table {
  /** The actions by the code of `codesOf`. */
  readonly actions: Uint8Array;
  /** The actions of characters that are not ASCII. */
  readonly others: ReadonlyMap<number, number>;
  /** The detectors by the action, in the upper bits, and the code that follows, 0 at the end of the text. */
  readonly byNext: Uint16Array;
  /** The detectors by the action and the code that precedes, 0 at the start of the text. */
  readonly byLast: Uint16Array;
  /** A bit for each list of endings, by trigram. */
  readonly endings: Uint8Array;
  /** The detectors by the action and the bits of endings, which are the lower four. */
  readonly byEnding: Uint16Array;
  /** The calls by the action and the number of their bit, which is the lower four bits. */
  readonly calls: ReadonlyArray<Call | undefined>;
}

/** Creates the table of all detectors. */
export function createTable(triggers: readonly Trigger[]): Table {
  const own = [...new Set(triggers.flatMap(({ at }) => [...at]))].filter(
    (character) => !'-_'.includes(character),
  );
  const lists = [...new Set(triggers.flatMap(({ endings }) => (endings === undefined ? [] : [endings])))];
  // Entries of one detector share its index, so that it does not read a part again that another entry has read.
  const detectors = [...new Set(triggers.map(({ detector }) => detector))];
  const table = emptyTable(firstOwn + own.length);
  for (const [bit, list] of lists.entries())
    for (const ending of list) table.endings[trigram(ending, 3)]! |= 1 << bit;
  for (const [index, character] of ['-', '_', ...own].entries()) {
    const does = index < 2 ? action.hyphen + index : firstOwn + index - 2;
    if (character < '\x80') table.actions[character.charCodeAt(0)] = does;
    else table.others.set(character.charCodeAt(0), does);
    for (const [bit, trigger] of triggers.filter(({ at }) => at.includes(character)).entries()) {
      addBits(table, does, 1 << bit, trigger, lists);
      const { detector, when, over } = trigger;
      table.calls[(does << 4) | bit] = { detector, index: detectors.indexOf(detector), when, over };
    }
  }
  return table;
}

interface OpenTable extends Table {
  readonly others: Map<number, number>;
  readonly calls: Array<Call | undefined>;
}

function emptyTable(size: number): OpenTable {
  return {
    actions: Uint8Array.from({ length: 256 }, (_, code) => plainAction(code)),
    others: new Map<number, number>(),
    byNext: new Uint16Array(size << 8),
    byLast: new Uint16Array(size << 8),
    endings: new Uint8Array(trigramCount),
    byEnding: new Uint16Array(size << 4),
    calls: Array.from({ length: size << 4 }, (): Call | undefined => undefined),
  };
}

/** Adds the bit of a detector wherever the characters around allow it. */
function addBits(
  table: OpenTable,
  does: number,
  bit: number,
  { before, behind, endings }: Trigger,
  lists: ReadonlyArray<readonly string[]>,
): void {
  const required = endings === undefined ? 0 : 1 << lists.indexOf(endings);
  for (let bits = 0; bits < 16; bits += 1)
    if ((bits & required) === required) table.byEnding[(does << 4) | bits]! |= bit;
  const row = does << 8;
  addAt(table.byNext, row, bit, before);
  for (let code = wideCode; code < 256; code += 1) table.byNext[row | code]! |= bit;
  addAt(table.byLast, row, bit, behind);
}

/** Adds a bit at the codes of characters, or everywhere. */
function addAt(rows: Uint16Array, row: number, bit: number, characters: string | undefined): void {
  if (characters === undefined) for (let code = 0; code < 256; code += 1) rows[row | code]! |= bit;
  else for (let at = 0; at < characters.length; at += 1) rows[row | characters.charCodeAt(at)]! |= bit;
}

/** Returns the action of a character at which no detector is called. */
function plainAction(code: number): number {
  if (code >= wideCode) return action.other;
  const found = asciiKinds[code]!;
  if ((found & kind.digit) !== 0) return action.digit;
  return (found & kind.alnum) === 0 ? action.end : action.letter;
}
