import { readSettings } from './env.js';
import { runDemo } from './run-demo.js';

const ended = new AbortController();
const leave = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Not `once`, since ora's own handler kills the process if no other listener is left.
    process.on(signal, () => {
      ended.abort();
      resolve();
    });
  }
});

try {
  await runDemo({
    ...readSettings(),
    print: (text) => void process.stdout.write(`${text}\n`),
    signal: ended.signal,
    leave,
  });
} catch (error) {
  const { name, message, stack } = error as Error;
  if (!ended.signal.aborted) {
    process.stderr.write(`\n${name === 'DemoError' ? message : stack}\n`);
    process.exitCode = 1;
  } else process.exitCode = 130;
}
