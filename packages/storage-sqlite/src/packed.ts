import type { Content, Fact, ReportRecord } from '@candor/storage';

/** A content whose facts are JSON text: it passes between threads as one text, and is parsed only where it is new. */
export interface PackedContent extends Pick<Content, 'digest'> {
  readonly facts: string;
}

/** A record on its way to the thread that writes it. */
export interface PackedRecord extends Omit<ReportRecord, 'content'> {
  readonly content: PackedContent;
}

/** Creates the packer. It packs a content once, as long as the caller keeps it. */
export function createPacker(): (record: ReportRecord) => PackedRecord {
  const packed = new WeakMap<Content, PackedContent>();
  return (record) => {
    const { content } = record;
    const known = packed.get(content) ?? { digest: content.digest, facts: JSON.stringify(content.facts) };
    packed.set(content, known);
    return { ...record, content: known };
  };
}

/** Returns the facts of a packed content. */
export function unpackFacts({ facts }: PackedContent): readonly Fact[] {
  return JSON.parse(facts) as readonly Fact[];
}
