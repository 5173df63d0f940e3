import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benches } from './benches.js';
import { circumstances, keep, render } from './frame/report.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    installations: { type: 'string', default: '100000' },
    keep: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error('--rounds: expected a whole number from 1');
const installations = Number(values.installations);
if (!Number.isSafeInteger(installations) || installations < 1) {
  throw new Error('--installations: expected a whole number from 1');
}
const known = benches.map(({ name }) => name);
const [chosen = 'all', ...more] = positionals;
if (more.length > 0 || ![...known, 'all'].includes(chosen)) {
  throw new Error(`expected one of ${known.join(', ')}, all`);
}
const progress = (text: string): void => console.error(text);
for (const bench of benches.filter(({ name }) => chosen === 'all' || name === chosen)) {
  const loadBefore = loadavg()[0]!;
  const result = await bench.run({ rounds, installations, progress });
  const seen = circumstances(rounds, loadBefore);
  console.log(`${render(bench, result, seen)}\n`);
  if (values.keep) await keep(bench, result, seen);
}
