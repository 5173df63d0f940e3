/**
 * A buffer of JSON in UTF-8, which is then hashed.
 *
 * A configuration is many short texts. Copying them code unit by code unit takes less time than joining them into one
 * string, which then has to be flattened, encoded and hashed: canonical form and hash take about as long as
 * `JSON.stringify` and the same hash.
 */
export interface JsonOutput {
  bytes: Uint8Array;
  /** The same bytes, for writing eight at a time. */
  view: DataView;
  /** How many bytes are written. */
  length: number;
}

const firstSize = 16_384;

// A larger buffer is not kept for the next output.
const mostKept = 65_536;

// From this length on, calls into native code cost less than the loop.
const long = 64;

// This much room is always reserved beyond a write: eight bytes at a time, or a text that turns out to need an escape,
// may pass the end of what is written.
const slack = long + 8;

const quote = 0x22;

const encoder = new TextEncoder();

/** 1 for each ASCII code unit that a JSON string contains unescaped. */
const plain = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[ !#-[\]-~]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

// Reused, since allocating and collecting a new output for each value takes 1.2 times as long.
let spare: JsonOutput | undefined;

/** Calls a function with an empty output, which is wiped and reused afterwards. */
export function withOutput<T>(work: (output: JsonOutput) => T): T {
  const output = spare ?? createOutput();
  // A getter of the value may compute another hash meanwhile.
  spare = undefined;
  try {
    return work(output);
  } finally {
    output.bytes.fill(0, 0, output.length + slack);
    output.length = 0;
    if (output.bytes.length <= mostKept) spare = output;
  }
}

function createOutput(): JsonOutput {
  const bytes = new Uint8Array(firstSize);
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
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

/** Appends text as a JSON string, escaped as `JSON.stringify` does; returns false if it is not well-formed. */
export function appendString(output: JsonOutput, text: string): boolean {
  if (text.length >= long) return appendEncoded(output, text);
  const bytes = reserve(output, text.length + 2);
  let { length } = output;
  bytes[length++] = quote;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // The bytes copied so far are overwritten.
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

/** Returns the buffer, grown to have room for `size` more bytes. */
export function reserve(output: JsonOutput, size: number): Uint8Array {
  const { bytes, length } = output;
  const needed = length + size + slack;
  if (needed <= bytes.length) return bytes;
  const larger = new Uint8Array(Math.max(2 * bytes.length, needed));
  larger.set(bytes.subarray(0, length));
  output.bytes = larger;
  output.view = new DataView(larger.buffer);
  return larger;
}
