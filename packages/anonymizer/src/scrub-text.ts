import { maskedText } from '@candor/schema';
import type { Work } from './scrub/budget.js';
import { scrub } from './scrub/scrub.js';

/**
 * Scrubs a text so that scrubbing it again changes nothing, which is what a verifier checks.
 * A text that is an address is scrubbed of hosts without a known domain as well.
 * A text that is not well-formed Unicode is masked whole. The steps taken are added to `work`.
 */
export function scrubText(text: string, addresses: boolean, work?: Work): string {
  return text.isWellFormed() ? scrub(text, { addresses, ...(work && { work }) }) : maskedText;
}
