import { createCanonicalWriter } from './canonical-writer.js';

const write = createCanonicalWriter<string[]>({
  appendCode: (parts, code) => parts.push(String.fromCharCode(code)),
  appendText: (parts, text) => parts.push(text),
  appendString,
  appendName: (parts, name) => appendString(parts, name) && parts.push(':') > 0,
});

function appendString(parts: string[], text: string): boolean {
  return text.isWellFormed() && parts.push(JSON.stringify(text)) > 0;
}

/** Does the same as `canonicalize` in `canonicalize.ts`, with less code and in more time. */
export function canonicalize(value: unknown): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join('');
}
