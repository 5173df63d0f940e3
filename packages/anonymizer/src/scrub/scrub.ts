import { createBudget, isOverBudget, type Work } from './budget.js';
import { findInOnePass } from './pass.js';
import { findPersonal } from './personal.js';
import type { Finding } from './scan.js';

export type { Work } from './budget.js';
export type { Finding } from './scan.js';

/** How a text is looked through. */
export interface ScrubOptions {
  /** The text comes from a field for addresses: `redis:6379` is one, without a known top-level domain. */
  readonly addresses?: boolean;
  /** Phone numbers, bank accounts, payment cards and national identity numbers are replaced as well. */
  readonly personal?: boolean;
  /** Is increased by the steps taken, which grow linearly with the text. */
  readonly work?: Work;
}

const mask = 'xxxx';
// What is left can, joined to the mask, look like something new; rarely twice.
const mostRounds = 4;

/**
 * Replaces addresses, credentials and people's folders in a text by `xxxx`, in linear time.
 *
 * Scrubbing what was scrubbed changes nothing. A text that goes on yielding findings, or takes more steps than any text
 * of its length should, is replaced whole.
 */
export function scrub(text: string, options: ScrubOptions = {}): string {
  const work = createBudget(text.length, options.work);
  let scrubbed = text;
  let isStable = false;
  for (let round = 0; round < mostRounds && !isStable; round += 1) {
    const found = find(scrubbed, options, work);
    isStable = found.length === 0;
    if (!isStable) scrubbed = replace(scrubbed, found);
  }
  if (options.work !== undefined) options.work.steps += work.steps;
  return isStable ? scrubbed : mask;
}

/** What `scrub` would replace first, in the order of the text; stretches that overlap or touch are one. */
export function findSecrets(text: string, options: ScrubOptions = {}): Finding[] {
  return find(text, options, createBudget(text.length, options.work));
}

function find(
  text: string,
  { addresses = false, personal = false }: ScrubOptions,
  work: Required<Work>,
): Finding[] {
  try {
    const found = findInOnePass(text, addresses, work);
    if (personal) found.push(...findPersonal(text, work));
    return found.length === 0
      ? found
      : merged(found).filter(({ start, end }) => text.slice(start, end) !== mask);
  } catch (error) {
    if (!isOverBudget(error)) throw error;
    return text === mask ? [] : [{ start: 0, end: text.length, rule: '@text' }];
  }
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
    parts.push(text.slice(from, start), mask);
    from = end;
  }
  return parts.join('') + text.slice(from);
}
