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

/** The content of a body, before its field list is looked up. */
export interface Said {
  readonly envelope: Envelope;
  readonly fields: string | null;
  /** Bodies with equal keys have equal documents. */
  readonly key: string | Uint8Array;
  /** Returns the report's document, without its envelope. Throws a `Problem` (400). */
  readonly document: () => Json;
}

/** Reads a body. Throws a `Problem` (400). */
export type ReadReport = (bytes: Buffer, limits: Limits) => Said;

/**
 * Reads the format of `POST /v1/reports`. What follows the envelope is parsed only when `document` is called, since
 * most installations send the same bytes there every day.
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

/** Creates the reader for a program's own format. */
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
 * Reads the members before the configuration. Returns undefined if they are not a complete envelope.
 *
 * With a closing brace they are valid JSON, so `rest` begins between two members of the report itself, and its meaning
 * does not depend on the text before it. An accepted report has no member of the envelope in `rest`, since that would
 * be a repeated name.
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
