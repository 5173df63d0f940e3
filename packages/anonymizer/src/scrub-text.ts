import { isDigestFormat, maskedText, type SchemaNode } from '@candor/schema';
import type { Work } from './scrub/budget.js';
import { scrub } from './scrub/scrub.js';

/** What the schema says of a text. */
export interface TextOptions {
  /** It is an address: hosts without a known domain go as well. */
  readonly address: boolean;
  /** It is free text, `export: "text"`: phone numbers, bank accounts and their like go as well. */
  readonly personal: boolean;
  /** Its `format` is one of digests: a text that is one stays. */
  readonly digest: boolean;
}

const digest = /^(?:[a-z\d-]{1,12}[:-])?(?:[\da-f]{32,128}|[A-Za-z\d+/]{22,86}={0,2})$/;

/** What the schema says of the text of a node. */
export function textOptions({ address, tag, keywords }: SchemaNode): TextOptions {
  return { address, personal: tag?.text === true, digest: isDigestFormat(keywords.format) };
}

/**
 * Scrubs a text so that scrubbing it again changes nothing, which is what a verifier checks.
 * A text that is not well-formed Unicode is masked whole. The steps taken are added to `work`.
 */
export function scrubText(text: string, options: TextOptions, work?: Work): string {
  if (!text.isWellFormed()) return maskedText;
  if (options.digest && digest.test(text)) return text;
  return scrub(text, { addresses: options.address, personal: options.personal, ...(work && { work }) });
}
