// Prints the samples of one variant of a comparison on one case, after it was seen to do the job.
import { comparisons } from '../comparisons.js';
import { importPeer } from './peers.js';
import { timeCalls } from './time.js';

const [name, caseName, variant, folder] = process.argv.slice(2) as [string, string, string, string];
const comparison = comparisons.find((one) => one.name === name);
if (comparison === undefined) throw new Error(`no comparison ${name}`);
const call = await comparison.prepare(caseName, variant, (peer) => importPeer(folder, peer));
process.stdout.write(JSON.stringify(timeCalls(call)));
