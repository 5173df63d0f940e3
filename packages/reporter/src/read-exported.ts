import { defaultLimits, type Report } from '@candor/protocol';
import { reportText } from './build-report.js';
import { ReporterError } from './errors.js';

/** Reads an exported report; throws `ERR_REPORT_INVALID` on anything else. */
export function readExported(bytes: Uint8Array): { readonly id: string; readonly text: string } {
  if (bytes.byteLength > defaultLimits.inflatedBytes) {
    throw new ReporterError(
      'ERR_REPORT_INVALID',
      `report: expected at most ${defaultLimits.inflatedBytes} bytes`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's error is not passed on as the cause: its message quotes the report.
    throw new ReporterError('ERR_REPORT_INVALID', 'report: expected JSON');
  }
  const text = reportText(value);
  return { id: (JSON.parse(text) as Report).id, text };
}
