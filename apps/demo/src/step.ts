import ora from 'ora';
import pc from 'picocolors';

/** Shows that something is under way, and what became of it. */
export async function step<Result>(
  title: string,
  work: (progress: (text: string) => void) => Promise<{ readonly result: Result; readonly done: string }>,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<Result> {
  // A terminal that does not know its width says 0, and ora would clear lines without end.
  const still = stream.columns === 0;
  // Nor does it know NO_COLOR.
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
