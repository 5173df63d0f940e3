// Simulates some installations and prints what a collector sees of them as JSON.
import { seeded } from './seeded.js';
import { seenNothing, simulateInstallation } from './simulate.js';
import { shapes } from './world.js';

const [shape = '', ...numbers] = process.argv.slice(2);
const [seed, installations] = numbers.map(Number) as [number, number];
const outages = shapes[shape];
if (outages === undefined) throw new Error(`expected one of ${Object.keys(shapes).join(', ')}`);
const random = seeded(seed);
const seen = seenNothing();
for (let done = 0; done < installations; done += 1) simulateInstallation(outages, random, seen);
process.stdout.write(JSON.stringify({ ...seen, perMinute: [...seen.perMinute] }));
