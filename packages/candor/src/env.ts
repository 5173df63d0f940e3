/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the environment variables of this process. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Returns the arguments of this process, without the interpreter and the program. */
export function processArguments(): readonly string[] {
  return process.argv.slice(2);
}

/** A terminal to ask a person at: text is read from `input` and written to `output`. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
}

/** Returns the width to show text at: that of the terminal, from 40 to 80 columns, or 80 without one. */
export function terminalColumns(): number {
  // `columns` is undefined if the stream is not a terminal.
  const { columns = usualColumns } = process.stdout as { readonly columns?: number };
  return Math.max(40, Math.min(columns, usualColumns));
}

const usualColumns = 80;

/** Returns the terminal of this process; standard output stays for what the program prints. */
export function processTerminal(): Terminal {
  return { input: process.stdin, output: process.stderr };
}
