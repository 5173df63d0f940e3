/** The manifest of a program that installs packages of this repository from their tarballs, by name. */
export function ownManifest(tarballs: ReadonlyMap<string, string>, names: readonly string[]): unknown {
  const dependencies: Record<string, string> = {};
  const overrides: Record<string, string> = {};
  for (const [name, tarball] of tarballs) {
    (names.includes(name) ? dependencies : overrides)[name] = `file:${tarball}`;
  }
  return { private: true, dependencies, overrides };
}
