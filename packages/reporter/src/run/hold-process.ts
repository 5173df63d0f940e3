import { clearInterval, setInterval } from 'node:timers';

const longest = 2 ** 31 - 1;

/** Keeps the process open until the work is done, since the reporter's sockets, threads and timers do not. */
export async function holdProcess<T>(work: () => Promise<T>): Promise<T> {
  const holding = setInterval(() => {}, longest);
  try {
    return await work();
  } finally {
    clearInterval(holding);
  }
}
