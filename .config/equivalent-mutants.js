/**
 * Mutants of `npm run mutate` that no test can notice: they change no result, or only the time that it takes.
 *
 * `code` is the line of the source that is changed, `mutants` what Stryker writes in place of a part of it.
 */
export const equivalentMutants = [
  {
    file: 'packages/protocol/src/calendar.ts',
    code: "const thursday = addDays(firstDayOf('week', day), 3);",
    mutants: ['""'],
    why: 'What is neither a day nor a month is a week; the compiler refuses any other word.',
  },
  {
    file: 'packages/protocol/src/count-query.ts',
    code: "const text = search.get(name) ?? '';",
    mutants: ['"Stryker was here!"'],
    why: 'This text is no day either, and a query with an issue is not returned.',
  },
  {
    file: 'packages/protocol/src/count-query.ts',
    code: `return readCondition(text) ?? expect('where', 'JSON such as {"path":"api","value":true}') ?? [];`,
    mutants: ['["Stryker was here"]'],
    why: 'A query with an issue is not returned.',
  },
  {
    file: 'packages/protocol/src/count-query.ts',
    code: '} catch {',
    mutants: ['{}'],
    why: 'Without the return the value stays undefined, which is refused as any value that is no object.',
  },
  {
    file: 'packages/hasher/src/canonicalize.ts',
    code: "let key = '';",
    mutants: ['"Stryker was here!"'],
    why: 'An own error is thrown for a member only, whose key has been read by then.',
  },
  {
    file: 'packages/hasher/src/canonicalize.ts',
    code: 'if (keys.length > 32) return keys.sort();',
    mutants: ['true', 'false', 'keys.length >= 32', 'keys.length <= 32'],
    why: 'Both ways of sorting give the same order; they differ in time.',
  },
  {
    file: 'packages/hasher/src/canonicalize.ts',
    code: 'for (; at > 0 && keys[at - 1]! > key; at -= 1) keys[at] = keys[at - 1]!;',
    mutants: ['true', 'at >= 0', 'keys[at - 1]! >= key'],
    why: 'Before the first key is undefined, which is not greater; two keys of an object are never equal.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'for (let at = 0; at < text.length; at += 1) bytes[output.length + at] = text.charCodeAt(at);',
    mutants: ['at <= text.length'],
    why: 'The byte behind the text is written over, or is not part of the result.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'if (text.length >= long) return appendEncoded(output, text);',
    mutants: ['true', 'false', 'text.length > long', 'text.length < long'],
    why: 'Both ways of writing give the same bytes; they differ in time.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'if (unit >= plain.length || plain[unit] === 0) return appendEncoded(output, text);',
    mutants: ['true'],
    why: 'Both ways of writing give the same bytes; they differ in time.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'const plain = Uint8Array.from({ length: 128 }, (_, unit) =>',
    mutants: ['{}', '() => undefined'],
    why: 'Text of which no character is known to be plain is encoded; the bytes are the same, the time is not.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'if (length + size <= bytes.length) return bytes;',
    mutants: ['length + size < bytes.length'],
    why: 'The buffer grows one byte early.',
  },
  {
    file: 'packages/hasher/src/json-output.ts',
    code: 'output.bytes = Buffer.allocUnsafe(Math.max(2 * bytes.length, length + size));',
    mutants: ['2 / bytes.length'],
    why: 'The buffer grows more often, which takes time and changes no byte.',
  },
  {
    file: 'packages/reporter/src/consent/version.ts',
    code: 'export function readVersion(version: unknown, development: readonly string[] = []): ReportedVersion {',
    mutants: ['["Stryker was here"]'],
    why: 'This text is no version, so no version equals it.',
  },
  {
    file: 'packages/reporter/src/schedule/first-flags.ts',
    code: "return { day: isFirst('day'), week: isFirst('week'), month: isFirst('month') };",
    mutants: ['""'],
    why: 'What is neither a day nor a week is a month; the compiler refuses any other word.',
  },
  {
    file: 'packages/reporter/src/schedule/machine.ts',
    code: 'const isPlanned = due !== null && due > time.elapsed && due <= time.elapsed + longestWait(schedule);',
    mutants: ['true'],
    why: 'Null is compared as 0, and no time is before 0.',
  },
  {
    file: 'packages/reporter/src/schedule/machine.ts',
    code: "const status = result.kind === 'answer' ? result.status : undefined;",
    mutants: ['true'],
    why: 'A failure has no status.',
  },
  {
    file: 'packages/reporter/src/schedule/machine.ts',
    code: "const header = result.kind === 'answer' ? result.retryAfter : undefined;",
    mutants: ['true'],
    why: 'A failure has no Retry-After.',
  },
];
