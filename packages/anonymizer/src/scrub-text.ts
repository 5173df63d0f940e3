import { isDigestFormat, maskedText, type SchemaNode } from '@candor/schema';
import type { Work } from './scrub/budget.js';
import { scrub, type ScrubOptions } from './scrub/scrub.js';

/** What the schema says about a text. */
export interface TextOptions extends Pick<ScrubOptions, 'addresses' | 'personal'> {
  /** True if its `format` is one of digests: a text that is a digest is kept. */
  readonly digest: boolean;
}

const digest = /^(?:[a-z\d-]{1,12}[:-])?(?:[\da-f]{32,128}|[A-Za-z\d+/]{22,86}={0,2})$/;

/** Returns what a schema says about its texts. */
export function textOptions({ address, tag, keywords }: SchemaNode): TextOptions {
  return { addresses: address, personal: tag?.text === true, digest: isDigestFormat(keywords.format) };
}

/**
 * Scrubs a text so that scrubbing it again changes nothing, which is what a verifier checks. A text that is not
 * well-formed Unicode is masked as a whole. Adds the steps taken to `work`.
 */
export function scrubText(text: string, options: TextOptions, work?: Work): string {
  if (!text.isWellFormed()) return maskedText;
  if (options.digest && digest.test(text)) return text;
  return scrub(text, work === undefined ? options : { ...options, work });
}
