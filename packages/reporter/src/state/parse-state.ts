import { ReporterError } from '../errors.js';
import type { Choice, State } from './state.js';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8e15;
const list =
  (member: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(member);
const some =
  (member: Check): Check =>
  (value) =>
    list(member)(value) && (value as unknown[]).length > 0;
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const secret = matches(/^[0-9a-f]{64}$/);
const byte = matches(/^[0-9a-f]{2}$/);
const truth: Check = (value) => typeof value === 'boolean';
const pending = record({
  id: text,
  secret,
  text,
  fingerprint: text,
  made: number,
  madeElapsed: number,
  failures: number,
  isOpen: truth,
  isSeen: truth,
  features: list(text),
  comparison: byte,
});
const last = record({
  id: text,
  at: number,
  result: matches(/^(accepted|retrying|dropped|written|exported|failed)$/),
  reason: nullable(text),
});
const time = record({
  elapsed: number,
  counted: number,
  wall: number,
  boots: some(record({ boot: text, monotonic: number, counted: number })),
  requests: list(number),
  isWallBelieved: truth,
});
const choice = record({
  mode: nullable(matches(/^(on|local|off)$/)),
  endpoint: nullable(text),
  fields: nullable(list(text)),
});
const state = record({
  format: (value) => value === 1,
  time,
  comparison: record({ secret, digest: nullable(byte) }),
  due: nullable(number),
  told: nullable(number),
  accepted: nullable(number),
  last: nullable(last),
  pending: nullable(pending),
  features: list(text),
  gone: nullable(text),
  choice,
});

/**
 * Returns the operator's choice in a kept state of any format: a program that was downgraded must not forget that it
 * was turned off. Returns undefined if there is none to read.
 */
export function choiceIn(text: string): Choice | undefined {
  try {
    const { choice } = JSON.parse(text) as { choice?: unknown };
    return isChoice(choice) ? choice : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a kept state; throws `ERR_STATE_INVALID` on anything else, another format included. */
export function parseState(text: string): State {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's error is not passed on as the cause: its message quotes the text, which holds a secret.
    throw new ReporterError('ERR_STATE_INVALID', 'state: expected JSON');
  }
  if (!isState(value)) throw new ReporterError('ERR_STATE_INVALID', 'state: expected format 1, whole');
  return value;
}

function isChoice(value: unknown): value is Choice {
  return choice(value);
}

function isState(value: unknown): value is State {
  return state(value);
}
