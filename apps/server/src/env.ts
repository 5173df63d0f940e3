/** Returns the arguments without the interpreter and the script. */
export function processArguments(): readonly string[] {
  return process.argv.slice(2);
}

/** Returns the environment of this process. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
