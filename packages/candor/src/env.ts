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
