import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Bench, Result } from './bench.js';

const results = fileURLToPath(new URL('../../results', import.meta.url));
const root = new URL('../../../../', import.meta.url);
const readme = 'apps/bench/README.md';

/** Where and when a result was seen; nothing that names the machine. */
export interface Circumstances {
  /** UTC day. */
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Load average of the last minute, at the start and at the end. */
  readonly load: readonly [number, number];
  readonly rounds: number;
}

/** Notes the circumstances of a run that ends now. */
export function circumstances(rounds: number, loadBefore: number): Circumstances {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: [loadBefore, loadavg()[0]!].map((value) => Math.round(value * 10) / 10) as [number, number],
    rounds,
  };
}

/** A result as Markdown. */
export function render({ name, title, page }: Bench, result: Result, seen: Circumstances): string {
  const { columns, rows, remarks, versions } = result;
  const beside = Object.entries(versions).map(([peer, version]) => `${peer} ${version}`);
  return [
    `## ${title}`,
    '',
    `| | ${columns.join(' | ')} |`,
    `|---|${'---:|'.repeat(columns.length)}`,
    ...rows.map(({ label, cells }) => `| ${label} | ${cells.join(' | ')} |`),
    '',
    ...remarks.flatMap((remark) => [remark, '']),
    `\`npm run bench -- ${name}\` on ${seen.date}: Node ${seen.node.slice(1)}, ${seen.cores} cores of ${seen.cpu}, load average ${seen.load.join(' to ')}, ${seen.rounds} ${seen.rounds === 1 ? 'round' : 'rounds'}${beside.length === 0 ? '' : `; ${beside.join(', ')}`}. All values: [results/${name}.json](${page === undefined ? '' : '../apps/bench/'}results/${name}.json).`,
  ].join('\n');
}

/** Keeps a result: every value in `results/`, the table in the README. */
export async function keep(bench: Bench, result: Result, seen: Circumstances): Promise<void> {
  await mkdir(results, { recursive: true });
  await writeFile(`${results}/${bench.name}.json`, `${JSON.stringify({ ...seen, ...result })}\n`);
  const page = bench.page ?? readme;
  const file = new URL(page, root);
  const text = await readFile(file, 'utf8');
  const [start, end] = [`<!-- ${bench.name} -->`, `<!-- /${bench.name} -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before === -1 || after === -1) throw new Error(`${page}: no lines ${start} and ${end}`);
  await writeFile(
    file,
    `${text.slice(0, before + start.length)}\n\n${render(bench, result, seen)}\n\n${text.slice(after)}`,
  );
}
