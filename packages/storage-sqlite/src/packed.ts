import type { Content, Fact, ReportRecord } from '@candor/storage';

/** A content whose facts are JSON text, which is parsed only if the content is new. */
export interface PackedContent extends Pick<Content, 'digest'> {
  readonly facts: string;
}

/**
 * A batch for the thread that writes it. Its records are JSON text, which takes a quarter of the processor time of
 * cloning them.
 */
export interface PackedBatch {
  readonly records: string;
  /** Each content once; records refer to its index. */
  readonly contents: readonly PackedContent[];
}

/** A record of a packed batch. */
export interface UnpackedRecord extends Omit<ReportRecord, 'content'> {
  readonly content: PackedContent;
}

type Row = Omit<ReportRecord, 'content'> & { readonly content: number };

/** Creates the packer. It packs each content once while the caller keeps it. */
export function createPacker(): (batch: readonly ReportRecord[]) => PackedBatch {
  const packed = new WeakMap<Content, PackedContent>();
  const pack = (content: Content): PackedContent => {
    const known = packed.get(content) ?? { digest: content.digest, facts: JSON.stringify(content.facts) };
    packed.set(content, known);
    return known;
  };
  return (batch) => {
    const positions = new Map<Content, number>();
    const rows = batch.map((record): Row => {
      const position = positions.get(record.content) ?? positions.size;
      positions.set(record.content, position);
      return { ...record, content: position };
    });
    return { records: JSON.stringify(rows), contents: [...positions.keys()].map(pack) };
  };
}

/** Returns the records of a packed batch. */
export function unpack({ records, contents }: PackedBatch): UnpackedRecord[] {
  return (JSON.parse(records) as Row[]).map((row) => ({ ...row, content: contents[row.content]! }));
}

/** Returns the facts of a packed content. */
export function unpackFacts({ facts }: PackedContent): readonly Fact[] {
  return JSON.parse(facts) as readonly Fact[];
}
