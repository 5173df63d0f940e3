// Prints what a process pays, in milliseconds of processor time, for an anonymizer of the Traefik schema: the first time, for
// the first configuration, all at once or for the longest of the turns that the reporter takes, with the same schema once more, and with an equal schema that is another object.
import { setImmediate } from 'node:timers/promises';
import { createAnonymizer } from '@candor/anonymizer';
import { traefikV2 } from '@candor/traefik';
import { traefikConfiguration } from '../workload/traefik.js';

function timed<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

// In a process of its own the configuration is made by others, so its making must not warm up what is measured.
const configuration = JSON.parse(process.argv[2] ?? JSON.stringify(traefikConfiguration())) as unknown;
const [anonymizer, first] = timed(() => createAnonymizer(traefikV2));
// As the reporter does it, in a process of its own, since a second report finds everything made.
if (process.argv[3] === 'in turns') {
  let longest = 0;
  let started = process.cpuUsage();
  const endTurn = (): void => {
    const { user, system } = process.cpuUsage(started);
    longest = Math.max(longest, (user + system) / 1000);
  };
  await anonymizer.anonymizeAsync(configuration, async () => {
    endTurn();
    await setImmediate();
    started = process.cpuUsage();
  });
  endTurn();
  process.stdout.write(JSON.stringify({ turn: longest }));
  process.exit();
}
const [, report] = timed(() => anonymizer.anonymize(configuration));
const [, again] = timed(() => createAnonymizer(traefikV2));
const copy = structuredClone(traefikV2);
const [, equal] = timed(() => createAnonymizer(copy));
process.stdout.write(JSON.stringify({ first, report, again, equal }));
