import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const config = fileURLToPath(new URL('vitest.config.ts', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const processes = 2;
const mostStarts = 3;
// Milliseconds.
const tick = 500;

/**
 * Runs the tests of an instrumented package with each of the mutants, and returns those that a test noticed, and how many of
 * them were noticed by taking too long; with `isQuick` without the slow tests.
 */
export async function runMutants(directory, mutants, isQuick) {
  const [wanted, noticed] = [join(directory, 'mutants'), join(directory, 'noticed')];
  writeFileSync(wanted, JSON.stringify(mutants.map(({ id, file, isTable }) => [id, isTable ? null : file])));
  writeFileSync(noticed, '');
  let journals = 0;
  let late = 0;

  /** Tries the mutants with the tests of a file, and returns those of its tests that are slow. */
  const tryIn = async (file, slow) => {
    const tried = [];
    let unstarted = 0;
    // A mutant that hangs or ends its process is noticed; the file starts again for those that are left.
    for (;;) {
      const journal = join(directory, `journal-${(journals += 1)}`);
      const { output, isLate } = await run(directory, file, {
        mutants: wanted,
        noticed,
        journal,
        tried,
        slow,
      });
      const entries = read(journal);
      // Vitest gives up on a process that a busy machine does not start in time.
      if (entries.length === 0 && (unstarted += 1) < mostStarts) continue;
      const failed = entries.find((entry) => entry.failed !== undefined)?.failed;
      if (failed !== undefined || entries.length === 0) {
        throw new Error(`${file}: ${failed ?? 'a test'} fails without a mutant\n${output}`);
      }
      const untried = entries.find((entry) => entry.untried !== undefined)?.untried;
      if (untried !== undefined) {
        process.stdout.write(
          `${file}: passes once in a process, so ${untried} mutants were not tried with it\n`,
        );
      }
      const last = entries.at(-1);
      if (last.slow !== undefined) return last.slow;
      if (last.try === undefined) throw new Error(`${file} ends early\n${output}`);
      appendFileSync(noticed, `${last.try}\n`);
      if (isLate) late += 1;
      tried.push(...entries.flatMap((entry) => entry.key ?? []));
    }
  };

  const slow = [];
  await forEach(testFiles(directory), async (file) => {
    const ids = await tryIn(file);
    if (ids.length > 0) slow.push({ file, ids });
  });
  if (!isQuick) await forEach(slow, ({ file, ids }) => tryIn(file, ids));
  return { noticed: new Set(readFileSync(noticed, 'utf8').split('\n')), late };
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

/** Runs a file of tests, and ends the process and those that it started when a mutant takes too long. */
async function run(directory, file, given) {
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, '--reporter', 'dot', file], {
    cwd: directory,
    env: { ...process.env, CANDOR_MUTANTS: JSON.stringify(given) },
    detached: true,
  });
  const end = () => process.kill(-child.pid, 'SIGKILL');
  process.once('exit', end);
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const isOverdue = stopwatch(given.journal);
  let isLate = false;
  const watch = setInterval(() => {
    if (isLate || !isOverdue()) return;
    isLate = true;
    end();
  }, tick);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  process.off('exit', end);
  return { output, isLate };
}

function read(journal) {
  if (!existsSync(journal)) return [];
  return readFileSync(journal, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/**
 * Returns what is called at each tick, and returns true if the mutant that a run tries takes longer than its limit. It
 * counts the ticks, not the time: they come late as well where other programs hold up the run.
 */
function stopwatch(journal) {
  let trying;
  let waited = 0;
  return () => {
    const { key, limit } = read(journal).at(-1) ?? {};
    waited = key === trying ? waited + tick : 0;
    trying = key;
    return limit !== undefined && waited > limit;
  };
}
