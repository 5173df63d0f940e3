import { maskedText } from '@candor/schema';
import { createBudget, isOverBudget, type Work } from './budget.js';
import { findInOnePass, type Pass } from './pass.js';
import { findPersonal } from './personal.js';
import { endsWord, type Finding } from './scan.js';

export type { Work } from './budget.js';
export type { Finding } from './scan.js';

/** Options of `scrub`. */
export interface ScrubOptions {
  /** True if the text comes from a field for addresses: then `redis:6379` is one, without a known top-level domain. */
  readonly addresses?: boolean;
  /** True to replace phone numbers, bank accounts, payment cards and national identity numbers as well. */
  readonly personal?: boolean;
  /** Increased by the steps taken, which grow linearly with the text. */
  readonly work?: Work;
}

// The text left beside a mask can look like a new finding; rarely twice.
const mostRounds = 4;

/**
 * Replaces addresses, credentials and people's folders in a text by `xxxx`, in linear time.
 *
 * Scrubbing the result changes nothing. A text that yields findings after the last round, or takes more steps than any
 * text of its length should, is replaced as a whole.
 */
export function scrub(text: string, options: ScrubOptions = {}): string {
  const work = createBudget(text.length, options.work);
  let scrubbed = text;
  let isStable = false;
  for (let round = 0; round < mostRounds && !isStable; round += 1) {
    const { found, isOverWords } = find(scrubbed, options, work);
    // Replacing whole words changes nothing for detectors that read only within a word.
    isStable = found.length === 0 || (!isOverWords && found.every((finding) => isWord(scrubbed, finding)));
    if (found.length > 0) scrubbed = replace(scrubbed, found);
  }
  if (options.work !== undefined) options.work.steps += work.steps;
  return isStable ? scrubbed : maskedText;
}

/**
 * Returns what `scrub` would replace in the first round, in the order of the text; findings that overlap or touch are
 * merged.
 */
export function findSecrets(text: string, options: ScrubOptions = {}): Finding[] {
  return find(text, options, createBudget(text.length, options.work)).found;
}

function find(
  text: string,
  { addresses = false, personal = false }: ScrubOptions,
  work: Required<Work>,
): Pass {
  try {
    const { found, isOverWords } = findInOnePass(text, addresses, work);
    if (personal) found.push(...findPersonal(text, work));
    return {
      found:
        found.length === 0
          ? found
          : merged(found).filter(({ start, end }) => text.slice(start, end) !== maskedText),
      isOverWords: isOverWords || personal,
    };
  } catch (error) {
    if (!isOverBudget(error)) throw error;
    return {
      found: text === maskedText ? [] : [{ start: 0, end: text.length, rule: '@text' }],
      isOverWords: true,
    };
  }
}

/** Returns true if a finding is between spaces, or the ends of the text. */
function isWord(text: string, { start, end }: Finding): boolean {
  return (start === 0 || ' \t\n\r'.includes(text[start - 1]!)) && endsWord(text, end);
}

function merged(found: readonly Finding[]): Finding[] {
  const result: Finding[] = [];
  for (const finding of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || finding.start > last.end) result.push(finding);
    else if (finding.end > last.end) result[result.length - 1] = { ...last, end: finding.end };
  }
  return result;
}

function replace(text: string, findings: readonly Finding[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of findings) {
    parts.push(text.slice(from, start), maskedText);
    from = end;
  }
  return parts.join('') + text.slice(from);
}
