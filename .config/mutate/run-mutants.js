import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { activeMutant } from './stryker-names.js';

const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const processes = 2;

/**
 * Runs the tests of an instrumented package with each of the mutants, and returns those that a test noticed; with `isQuick`
 * without the slow ones.
 */
export async function runMutants(directory, mutants, isQuick) {
  const [wanted, noticed] = [join(directory, 'mutants'), join(directory, 'noticed')];
  writeFileSync(wanted, [...mutants].join('\n'));
  writeFileSync(noticed, '');
  const noticedIds = () => new Set(readFileSync(noticed, 'utf8').split('\n'));
  /** The files of tests, by mutant, that have to start with it, since they pass it before a test runs. */
  const apart = new Map();
  const durations = new Map();
  let journals = 0;

  const tryIn = async (file, slow) => {
    // A mutant that hangs or ends its process is noticed; the file starts again for those that are left.
    for (;;) {
      const journal = join(directory, `journal-${(journals += 1)}`);
      const environment = { CANDOR_MUTANTS: JSON.stringify({ mutants: wanted, noticed, journal, slow }) };
      const { output } = await run(directory, [file], environment, () => isOverdue(journal));
      const entries = read(journal);
      const failed = entries.find((entry) => entry.failed !== undefined)?.failed;
      if (failed !== undefined || entries.length === 0) {
        throw new Error(`${file}: ${failed ?? 'no test'} fails without a mutant\n${output}`);
      }
      const last = entries.at(-1).try;
      if (last === undefined) return entries;
      appendFileSync(noticed, `${last}\n`);
    }
  };

  const slow = [];
  await forEach(testFiles(directory), async (file) => {
    const entries = await tryIn(file);
    for (const id of entries.flatMap((entry) => entry.apart ?? [])) {
      apart.set(id, (apart.get(id) ?? new Set()).add(file));
    }
    durations.set(
      file,
      entries.reduce((sum, { duration = 0 }) => sum + duration, 0),
    );
    const ids = entries.flatMap((entry) => entry.slow ?? []);
    if (ids.length > 0) slow.push({ file, ids });
  });
  if (!isQuick) await forEach(slow, ({ file, ids }) => tryIn(file, ids));

  const left = [...apart.keys()].filter((id) => mutants.has(id) && !noticedIds().has(id));
  process.stdout.write(`${left.length} mutants start with the tests, which takes longer\n`);
  const all = await run(directory, [...durations.keys()], {}, () => false);
  if (all.code !== 0) throw new Error(`the tests fail without a mutant\n${all.output}`);
  await forEach(left, async (id) => {
    const files = [...apart.get(id)].sort((one, other) => durations.get(one) - durations.get(other));
    const limit = 60_000 + 10 * files.reduce((sum, file) => sum + durations.get(file), 0);
    const end = Date.now() + limit;
    const environment = { [activeMutant]: id };
    const { code } = await run(directory, files, environment, () => Date.now() > end);
    if (code !== 0) appendFileSync(noticed, `${id}\n`);
  });
  return noticedIds();
}

function testFiles(directory) {
  const names = readdirSync(join(directory, 'test'), { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join('test', name));
}

async function forEach(items, work) {
  const waiting = items.toReversed();
  const next = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: processes }, next));
}

/** Runs files of tests, and ends the process and those that it started when it is overdue. */
async function run(directory, files, environment, isOverdue) {
  const options = ['run', '--config', config, '--bail', '1', '--reporter', 'dot'];
  const child = spawn(process.execPath, [vitest, ...options, ...files], {
    cwd: directory,
    env: { ...process.env, ...environment },
    detached: true,
  });
  const end = () => process.kill(-child.pid, 'SIGKILL');
  process.once('exit', end);
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const watch = setInterval(() => isOverdue() && end(), 500);
  const code = await new Promise((resolve) => child.on('exit', (exitCode) => resolve(exitCode ?? 1)));
  clearInterval(watch);
  process.off('exit', end);
  return { code, output };
}

function read(journal) {
  if (!existsSync(journal)) return [];
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Returns true if the mutant that a run tries takes longer than its limit. */
function isOverdue(journal) {
  const { until } = read(journal).at(-1) ?? {};
  return until !== undefined && Date.now() > until;
}
