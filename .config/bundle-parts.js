const load = {
  es: (file) => `import("${file}")`,
  cjs: (file) => `Promise.resolve().then(() => require("${file}"))`,
};

/**
 * Splits the modules that match `test` into a number of files of about equal length. Where the bundle imports a file that
 * needs them, it first imports them one after another, with a turn of the event loop between them: compiling and running
 * them all in one turn would block the host for too long (docs/benchmarks.md, "The reporter in a host").
 */
export function createParts(modules, { name, test, count }) {
  let parts;
  const partOf = (id) => (parts ??= divide(modules, test, count)).get(id);
  const plugin = {
    name: 'parts',
    renderChunk: (code, { dynamicImports }, { format }, { chunks }) =>
      dynamicImports.reduce((rendered, target) => {
        const needed = importsOf(target, chunks).filter((file) => chunks[file].name.startsWith(`${name}-`));
        return needed.length === 0
          ? rendered
          : loadInTurns(rendered, [...needed.toSorted(), target], load[format]);
      }, code),
  };
  return { plugin, group: { test, debugName: name, name: (id) => `${name}-${partOf(id)}` } };
}

function loadInTurns(code, files, loadOf) {
  const loads = files.map((file) => loadOf(`./${file}`));
  const whole = loads.at(-1);
  if (!code.includes(whole)) throw new Error(`The bundle does not contain ${whole}`);
  // Not by the global function, which some test environments do not have.
  const turn = `.then(() => ${loadOf('node:timers/promises')}).then((timers) => timers.setImmediate())`;
  const [first, ...others] = loads;
  return code.replaceAll(whole, first + others.map((load) => `${turn}.then(() => ${load})`).join(''));
}

/** Returns all files that a file imports and that those import. */
function importsOf(file, chunks) {
  const found = new Set();
  const visit = (other) => {
    if (found.has(other) || chunks[other] === undefined) return;
    found.add(other);
    chunks[other].imports.forEach(visit);
  };
  visit(file);
  return [...found];
}

/** Numbers the part of each module, so that a part imports only those before it. */
function divide(modules, test, count) {
  const inOrder = new Set();
  const visited = new Set();
  const visit = (id) => {
    if (visited.has(id) || !test.test(id)) return;
    visited.add(id);
    modules.get(id).importedIds.forEach(visit);
    inOrder.add(id);
  };
  [...modules.keys()].forEach(visit);
  const lengths = [...inOrder].map((id) => modules.get(id).code.length);
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  return new Map(
    [...inOrder].map((id, at) => {
      const part = 1 + Math.floor((before / whole) * count);
      before += lengths[at];
      return [id, part];
    }),
  );
}
