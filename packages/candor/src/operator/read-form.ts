/** The page's own forms are shorter. */
const longestForm = 1024;

/** Reads the form of a request; resolves to undefined, and stops reading, if it is longer than allowed. */
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
