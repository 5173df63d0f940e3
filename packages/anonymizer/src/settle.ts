import { maskedText } from '@candor/schema';
import { scrub } from './scrub/scrub.js';

/** Scrubs a text that leaves; one that is not well-formed Unicode is masked whole, since not every store keeps it. */
export function settle(text: string): string {
  return /\p{Surrogate}/u.test(text) ? maskedText : scrub(text);
}
