import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mutantSwitch = new URL('mutant-switch.js', import.meta.url).href;

/**
 * Copies a package into `.mutants/` with every mutant of some of its sources (files or folders) behind a switch, and
 * builds it there. The copy stands beside links to the other packages, so that relative paths hold.
 */
export async function instrument(name, paths) {
  const directory = join(root, '.mutants', name);
  rmSync(join(root, '.mutants'), { recursive: true, force: true });
  mkdirSync(join(root, '.mutants'));
  for (const other of readdirSync(join(root, 'packages'))) {
    if (other !== name) symlinkSync(join('..', 'packages', other), join(root, '.mutants', other));
  }
  cpSync(join(root, 'packages', name), directory, { recursive: true, verbatimSymlinks: true });
  const mutants = [];
  const files = [];
  for (const path of paths.flatMap((path) => sourcesOf(directory, path))) {
    files.push({
      name: join(directory, path),
      mutate: true,
      content: readFileSync(join(directory, path), 'utf8'),
    });
  }
  const result = await new Instrumenter(silent).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  });
  for (const { name: file, content } of result.files) {
    writeFileSync(file, `import ${JSON.stringify(mutantSwitch)};\n${content}`);
  }
  for (const { id, fileName, location, mutatorName, replacement, status } of result.mutants) {
    if (status !== undefined) continue;
    const { line, column } = location.start;
    const { content } = files.find((file) => file.name === fileName);
    mutants.push({
      id,
      file: `packages/${name}${fileName.slice(directory.length)}`,
      line: line + 1,
      column: column + 1,
      mutatorName,
      code: content.split('\n')[line].trim(),
      isTable: !/\bfunction\b|=>/.test(content),
      replacement: replacement.replace(/\s+/g, ' '),
    });
  }
  build(directory);
  return { directory, mutants };
}

function sourcesOf(directory, path) {
  if (path.endsWith('.ts')) return [path];
  const names = readdirSync(join(directory, path), { recursive: true });
  return names.filter((name) => /(?<!\.d)\.ts$/.test(name)).map((name) => join(path, name));
}

/** Compiles without a check: a switch between a value and a mutant has types that the sources do not allow. */
function build(directory) {
  rmSync(join(directory, 'dist'), { recursive: true });
  const unchecked = ['--noCheck', '--composite', 'false', '--incremental', 'false'];
  const undeclared = [
    '--declaration',
    'false',
    '--declarationMap',
    'false',
    '--isolatedDeclarations',
    'false',
  ];
  execFileSync('npx', ['tsc', '-p', directory, ...unchecked, ...undeclared], { cwd: root, stdio: 'inherit' });
}

const silent = { debug: ignore, info: ignore, isDebugEnabled: () => false };

function ignore() {}
