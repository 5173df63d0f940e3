import { open } from 'node:fs/promises';
import { defaultLimits } from '@candor/protocol';

/** Reads a report file, up to one byte beyond the longest valid report. */
export async function readReport(path: string): Promise<Uint8Array> {
  const file = await open(path);
  const chunks: Uint8Array[] = [];
  try {
    let left = defaultLimits.inflatedBytes + 1;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.byteLength;
      if (left <= 0) break;
    }
  } finally {
    await file.close();
  }
  return Buffer.concat(chunks);
}
