import { assignments, schemes } from './credentials.js';
import { folders } from './folders.js';
import { bareHosts, hosts, userInfo } from './hosts.js';
import { ipv6 } from './ipv6.js';
import { createBudget, isOverBudget } from './budget.js';
import { createScan, type Finding, type Rule, type Work } from './scan.js';
import { pem, tokens } from './tokens.js';
import { urls } from './urls.js';

export type { Finding, Work } from './scan.js';

/** How a text is looked through. */
export interface ScrubOptions {
  /** The text comes from a field for addresses: `redis:6379` is one, without a known top-level domain. */
  readonly addresses?: boolean;
  /** Is increased by the steps taken, which grow linearly with the text. */
  readonly work?: Work;
}

const mask = 'xxxx';
const rules: readonly Rule[] = [pem, urls, userInfo, hosts, ipv6, tokens, assignments, schemes, folders];
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
  for (let round = 0; round < mostRounds; round += 1) {
    const next = replace(scrubbed, findSecrets(scrubbed, { ...options, work }));
    if (next === scrubbed) return scrubbed;
    scrubbed = next;
  }
  return mask;
}

/** What `scrub` would replace first, in the order of the text; stretches that overlap or touch are one. */
export function findSecrets(text: string, options: ScrubOptions = {}): Finding[] {
  try {
    return findAll(text, options);
  } catch (error) {
    if (!isOverBudget(error)) throw error;
    return [{ start: 0, end: text.length, rule: '@text' }];
  }
}

function findAll(text: string, options: ScrubOptions): Finding[] {
  const scan = createScan(text, options.work ?? createBudget(text.length));
  const found: Finding[] = [];
  for (const rule of options.addresses === true ? [...rules, bareHosts] : rules) {
    rule(scan, (start, end, id) => found.push({ start, end, rule: id }));
  }
  return merged(found);
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
