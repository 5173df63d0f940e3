/** How a function was timed: nanoseconds of one call, once for each sample. */
export type Samples = readonly number[];

const warmUp = 300e6;
const sampleLength = 10e6;
const sampleCount = 31;

/**
 * Times a function that was warmed up, in samples of many calls each, so that the clock's steps do not show.
 * The time is the processor's, garbage collection included: other programs that want the same cores show less in it.
 */
export function timeCalls(call: () => unknown): Samples {
  const calls = Math.max(1, Math.round(sampleLength / warm(call)));
  return Array.from({ length: sampleCount }, () => Math.round(timeOf(call, calls) / calls));
}

/** Runs a function until it is compiled, and returns the nanoseconds that a call takes then. */
function warm(call: () => unknown): number {
  let total = 0;
  let last = 0;
  for (let calls = 1; total < warmUp; calls *= 2) {
    const time = timeOf(call, calls);
    total += time;
    last = time / calls;
  }
  return Math.max(last, 1);
}

function timeOf(call: () => unknown, calls: number): number {
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
