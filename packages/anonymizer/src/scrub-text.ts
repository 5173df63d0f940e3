import { maskedText } from '@candor/schema';
import { scrub } from './scrub/scrub.js';

/**
 * Scrubs a text so that scrubbing it again changes nothing, which is what a verifier checks.
 * A text that is an address is scrubbed of hosts without a known domain as well.
 * A text that is not well-formed Unicode is masked whole.
 */
export function scrubText(text: string, addresses: boolean): string {
  return text.isWellFormed() ? scrub(text, { addresses }) : maskedText;
}
