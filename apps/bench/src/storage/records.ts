import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Content, Fact, ReportRecord } from '@candor/storage';

const contentCount = 200;
const versions = ['2.11.0', '2.11.52', '3.6.4', '3.7.0', '3.7.9'];

/** Reports of one day by many installations, which share some hundred configurations of 25 facts each. */
export function recordsOf(day: string, count: number): ReportRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    product: 'traefik',
    day,
    id: randomBytes(32).toString('hex'),
    version: versions[at % versions.length]!,
    versionListed: true,
    hash: randomBytes(16).toString('hex'),
    changed: at % 10 === 0,
    first: { day: true, week: at % 7 === 0, month: at % 30 === 0 },
    age: 'month' as const,
    counted: true,
    network: randomInt(1, 2 ** 32),
    content: contents[(at * at) % contentCount]!,
  }));
}

const contents: readonly Content[] = Array.from({ length: contentCount }, (_, at): Content => {
  const facts = Array.from({ length: 25 }, (_, field): Fact => ({
    path: `section${field % 5}.field${(field * 7 + at) % 60}`,
    value: [true, false, at % 4, 'xxxx', ':80'][(field + at) % 5]!,
    free: false,
  }));
  const unique = [...new Map(facts.map((fact) => [JSON.stringify([fact.path, fact.value]), fact])).values()];
  return { digest: createHash('sha256').update(String(at)).digest('hex'), facts: unique };
});
