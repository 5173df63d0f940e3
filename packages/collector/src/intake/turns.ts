/** Runs a step of work when its turn comes. */
export type RunInTurn = <Result>(step: () => Result) => Promise<Result>;

/** Milliseconds of work in one turn of the event loop. */
const share = 5;

/**
 * Creates a queue of steps of work that yields to the event loop every few milliseconds. So many expensive reports at
 * once delay other requests by one report, not by all of them. `monotonic` is in milliseconds.
 */
export function createTurns(monotonic: () => number = () => performance.now()): RunInTurn {
  const waiting: (() => void)[] = [];
  let scheduled = false;
  const work = (): void => {
    const end = monotonic() + share;
    do waiting.shift()?.();
    while (waiting.length > 0 && monotonic() < end);
    scheduled = waiting.length > 0;
    if (scheduled) setImmediate(work);
  };
  return (step) => {
    if (!scheduled) {
      scheduled = true;
      setImmediate(work);
    }
    return new Promise((resolve, reject) => {
      waiting.push(() => {
        try {
          resolve(step());
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  };
}
