import {
  type IntakeFormat,
  type Json,
  type Limits,
  type Parsed,
  parseReport,
  type Report,
  reportDocument,
} from '@candor/protocol';
import { Problem } from '../problem.js';
import { type Envelope, envelopeOf, foreignEnvelope } from './envelope.js';
import { checkLossless, parseJson } from './parse-json.js';

/** What a body says, before its field list is looked up. */
export interface Said {
  readonly envelope: Envelope;
  readonly fields: string | null;
  /** Bodies with equal keys have equal documents. */
  readonly key: string | Uint8Array;
  /** Returns what the report says beside its envelope. Throws a `Problem` (400). */
  readonly document: () => Json;
}

/** Reads a body. Throws a `Problem` (400). */
export type ReadReport = (bytes: Buffer, limits: Limits) => Said;

/**
 * Reads the format of `POST /v1/reports`. What follows the envelope is read when its document is asked for: most
 * installations send the same bytes there one day after the other.
 */
export function readOwn(bytes: Buffer, limits: Limits): Said {
  const whole = (): Report => read(bytes, (value) => parseReport(value, limits));
  const head = readHead(bytes, limits);
  if (head !== undefined) {
    const { report, rest } = head;
    return {
      envelope: envelopeOf(report),
      fields: report.fields,
      key: rest,
      document: () => reportDocument(whole()),
    };
  }
  const report = whole();
  return { envelope: envelopeOf(report), fields: report.fields, ...documentOf(report) };
}

/** Creates the reader of a program's own format. */
export function readForeign({ product, parse }: IntakeFormat): ReadReport {
  return (bytes, limits) => {
    const report = read(bytes, (value) => parse(value, limits));
    return { envelope: foreignEnvelope(product, report), fields: report.fields, ...documentOf(report) };
  };
}

function documentOf(report: Pick<Report, 'configuration'>): Pick<Said, 'key' | 'document'> {
  const document = reportDocument(report);
  return { key: JSON.stringify(document), document: () => document };
}

const restBegins = ',"configuration":';

/**
 * Reads the members before the configuration. Returns undefined if they are not a whole envelope by themselves.
 *
 * Closed by a brace they are valid JSON, so `rest` begins between two members of the report itself, and what it says
 * does not depend on what stands before it. In a report that is accepted with it, it has no member of the envelope,
 * which would be there twice.
 */
function readHead(
  bytes: Buffer,
  limits: Limits,
): { readonly report: Report; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf(restBegins);
  if (end === -1) return undefined;
  try {
    const report = read(bytes.subarray(0, end), (value) => parseReport(value, limits), `${restBegins}{}}`);
    const isEnvelope = report.facts === undefined && report.features === undefined;
    return isEnvelope ? { report, rest: bytes.subarray(end) } : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function read<Report>(bytes: Uint8Array, parse: (value: unknown) => Parsed<Report>, ending?: string): Report {
  const { value, text } = parseJson(bytes, ending);
  const { report, issues } = parse(value);
  if (issues !== undefined) throw new Problem('bad-report', 'The body is not a report.', { issues });
  checkLossless(text, value);
  return report;
}
