// Prints what a process pays, in milliseconds of processor time, for an anonymizer of the Traefik schema: the first time, for
// the first configuration, with the same schema once more, and with an equal schema that is another object.
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
const [, report] = timed(() => anonymizer.anonymize(configuration));
const [, again] = timed(() => createAnonymizer(traefikV2));
const copy = structuredClone(traefikV2);
const [, equal] = timed(() => createAnonymizer(copy));
process.stdout.write(JSON.stringify({ first, report, again, equal }));
