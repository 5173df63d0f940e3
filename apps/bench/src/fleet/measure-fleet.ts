// Simulates some installations and prints what a collector sees of them as JSON.
import { seeded } from './seeded.js';
import { seenNothing, simulateInstallation } from './simulate.js';

const [seed, installations] = process.argv.slice(2).map(Number) as [number, number];
const random = seeded(seed);
const seen = seenNothing();
for (let done = 0; done < installations; done += 1) simulateInstallation(random, seen);
process.stdout.write(JSON.stringify({ ...seen, perMinute: [...seen.perMinute] }));
