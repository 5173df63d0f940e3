/**
 * JSON under construction, in the bytes that are hashed.
 *
 * A configuration is many short texts. Copying them unit by unit takes less time than joining them to one text, which is
 * then flattened, encoded and hashed: canonical form and hash take 1.5 times `JSON.stringify` and the same hash, and
 * took 5 times before.
 */
export interface JsonOutput {
  bytes: Uint8Array;
  /** How many of the bytes are written. */
  length: number;
  readonly allocate: Allocate;
}

/** Returns so many bytes, whatever they hold. */
export type Allocate = (size: number) => Uint8Array;

const firstSize = 2048;

// From this length on, calls into native code cost less than the loop.
const long = 64;

const quote = 0x22;

const encoder = new TextEncoder();

/** 1 for each ASCII code unit that a JSON string holds as it is. */
const plain = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[ !#-[\]-~]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Returns an output without content. */
export function createOutput(allocate: Allocate): JsonOutput {
  return { bytes: allocate(firstSize), length: 0, allocate };
}

/** Appends one ASCII character, given by its code. */
export function appendCode(output: JsonOutput, code: number): void {
  reserve(output, 1)[output.length] = code;
  output.length += 1;
}

/** Appends ASCII text as it is. */
export function appendText(output: JsonOutput, text: string): void {
  const bytes = reserve(output, text.length);
  for (let at = 0; at < text.length; at += 1) bytes[output.length + at] = text.charCodeAt(at);
  output.length += text.length;
}

/** Appends text as a JSON string, escaped as `JSON.stringify` does; returns false where it is not well-formed. */
export function appendString(output: JsonOutput, text: string): boolean {
  if (text.length >= long) return appendEncoded(output, text);
  const bytes = reserve(output, text.length + 2);
  let { length } = output;
  bytes[length++] = quote;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // What is copied so far will be written over.
    if (unit >= plain.length || plain[unit] === 0) return appendEncoded(output, text);
    bytes[length++] = unit;
  }
  bytes[length++] = quote;
  output.length = length;
  return true;
}

function appendEncoded(output: JsonOutput, text: string): boolean {
  if (!text.isWellFormed()) return false;
  const json = JSON.stringify(text);
  // A UTF-16 code unit takes three bytes at most.
  const free = reserve(output, json.length * 3).subarray(output.length);
  output.length += encoder.encodeInto(json, free).written;
  return true;
}

/** The bytes, with room for so many more. */
function reserve(output: JsonOutput, size: number): Uint8Array {
  const { bytes, length } = output;
  if (length + size <= bytes.length) return bytes;
  output.bytes = output.allocate(Math.max(2 * bytes.length, length + size));
  output.bytes.set(bytes.subarray(0, length));
  return output.bytes;
}
