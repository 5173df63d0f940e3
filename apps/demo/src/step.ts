import ora from 'ora';
import pc from 'picocolors';

/** Shows that a step is running, and its result. */
export async function step<Result>(
  title: string,
  work: (progress: (text: string) => void) => Promise<{ readonly result: Result; readonly done: string }>,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<Result> {
  // A terminal without a known width reports 0, and ora would clear lines endlessly.
  const still = stream.columns === 0;
  // ora does not support NO_COLOR either.
  const color = pc.isColorSupported ? 'cyan' : false;
  const spinner = ora({ text: title, stream, color, ...(still && { isEnabled: false }) }).start();
  try {
    const { result, done } = await work((text) => (spinner.text = `${title}: ${text}`));
    spinner.succeed(done);
    return result;
  } catch (error) {
    spinner.fail();
    throw error;
  }
}
