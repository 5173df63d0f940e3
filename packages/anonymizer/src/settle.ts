import { maskedText } from '@candor/schema';
import { scrub } from './scrub/scrub.js';

// What scrubbing leaves can, joined anew, look like something else to scrub.
const mostRounds = 8;

/**
 * Scrubs a text until scrubbing changes nothing more, which is what a verifier checks.
 * A text that does not settle, or is not well-formed Unicode, is masked whole.
 */
export function settle(text: string): string {
  if (/\p{Surrogate}/u.test(text)) return maskedText;
  let settled = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = scrub(settled);
    if (next === settled) return settled;
    settled = next;
  }
  return maskedText;
}
