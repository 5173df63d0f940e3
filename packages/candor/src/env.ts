/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variables of this process. */
export function processEnvironment(): Environment {
  return process.env;
}

/** The arguments of this process, without the interpreter and the program. */
export function processArguments(): readonly string[] {
  return process.argv.slice(2);
}

/** Where a person is asked: text is read from `input` and written to `output`. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
}

/** The width to show text at: that of the terminal, from 40 to 80 columns, and 80 where there is none. */
export function terminalColumns(): number {
  // A stream that is no terminal has no columns.
  const { columns = usualColumns } = process.stdout as { readonly columns?: number };
  return Math.max(40, Math.min(columns, usualColumns));
}

const usualColumns = 80;

/** The terminal of this process; standard output is left to what the program prints. */
export function processTerminal(): Terminal {
  return { input: process.stdin, output: process.stderr };
}
