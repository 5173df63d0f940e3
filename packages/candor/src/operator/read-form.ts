/** Longer forms are none of the page's. */
const longestForm = 1024;

/**
 * Reads the form of a request and no more than it may be long: undefined where it is longer, and then the rest
 * is not read.
 */
export async function readForm({ headers, body }: Request): Promise<URLSearchParams | undefined> {
  if (Number(headers.get('content-length') ?? 0) > longestForm) return undefined;
  if (body === null) return new URLSearchParams();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new URLSearchParams(Buffer.concat(chunks).toString());
    length += value.byteLength;
    if (length > longestForm) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
