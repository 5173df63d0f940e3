import type { Timers } from './clock.js';

/**
 * Resolves as `work` does; rejects with the error that `late` returns if it takes longer than `patience`
 * (milliseconds).
 */
export async function within<T>(
  timers: Timers,
  patience: number,
  work: Promise<T>,
  late: () => Error,
): Promise<T> {
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = timers.after(patience, () => reject(late()));
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    end();
  }
}
