import { clearInterval, setInterval } from 'node:timers';

const longest = 2 ** 31 - 1;

/**
 * Holds the process open until the work is done. What an operator awaits must be carried out, although no socket, thread or
 * timer of the reporter holds the host by itself.
 */
export async function holdProcess<T>(work: () => Promise<T>): Promise<T> {
  const holding = setInterval(() => {}, longest);
  try {
    return await work();
  } finally {
    clearInterval(holding);
  }
}
