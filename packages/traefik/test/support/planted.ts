import type { Json } from '@candor/schema';

/** What the generated cases plant, by its shape. */
export const plantedKinds: Readonly<Record<string, RegExp>> = {
  'cloud access keys': /AKIA[0-9A-Z]{16}/g,
  'code host tokens': /ghp_\w+/g,
  'chat tokens': /xoxb-\w+-\w+/g,
  'signed tokens': /eyJ[\w-]+\.[\w-]+\.[\w-]+/g,
  passwords: /hunter2-\w+/g,
  'slashed secrets': /s3cr3t\/\w+/g,
  'user and password': /\w+:p\w+@/g,
  'mail addresses': /[\w.]+@[\w.]+/g,
  'IPv4 addresses': /\d+\.\d+\.\d+\.\d+/g,
  'IPv6 addresses': /(?:2001:db8|fe80|::ffff)[\da-f:.%]*/g,
  'host names': /(?:[\w-]+\.)+(?:com|org|net|io|museum|example|internal|uk|рф)(?!\w)/g,
  'host and port': /redis:\d+/g,
  paths: /(?<![\w.])(?:\/[\w.]+){2,}/g,
};

/** Everything of one kind that the configuration holds and the input spells out. */
export function plantedIn(configuration: Json, input: string, shape: RegExp): Set<string> {
  const all = textsOf(configuration).flatMap((text) => text.match(shape) ?? []);
  return new Set(all.filter((planted) => input.includes(planted)));
}

/** Every text of a value, map keys included. */
export function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...textsOf(member),
  ]);
}
