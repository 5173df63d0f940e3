import { processInput } from './env.js';
import { runClient } from './run-client.js';

const { code, output, errors } = await runClient({
  ...processInput(),
  until: new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  }),
});
process.stdout.write(output);
process.stderr.write(errors);
process.exitCode = code;
