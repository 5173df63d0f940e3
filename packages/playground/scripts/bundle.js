import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { build } from 'rolldown';
import { minify } from 'terser';

/**
 * Modules of the libraries that the page does not need: it names the YAML schema itself, edits no tokens, reads nodes
 * and never their values, and folds no lines (`lineWidth: 0`). Its schema is JSON, of no library.
 */
const unused = [
  {
    module:
      /\/yaml\/browser\/dist\/schema\/yaml-1\.1\/(?:binary|bool|float|int|omap|pairs|set|timestamp)\.js$/,
    exports:
      'binary trueTag falseTag float floatExp floatNaN int intBin intHex intOct omap pairs set floatTime intTime timestamp',
  },
  {
    module: /\/yaml\/browser\/dist\/parse\/cst-(?:scalar|stringify|visit)\.js$/,
    exports: 'createScalarToken resolveAsScalar setScalarValue stringify visit',
  },
  { module: /\/yaml\/browser\/dist\/doc\/applyReviver\.js$/, exports: 'applyReviver' },
  { module: /\/yaml\/browser\/dist\/nodes\/addPairToJSMap\.js$/, exports: 'addPairToJSMap' },
  { module: /\/yaml\/browser\/dist\/nodes\/toJS\.js$/, exports: 'toJS' },
  { module: /\/yaml\/browser\/dist\/schema\/json\/schema\.js$/, exports: 'schema' },
  { module: /\/yaml\/browser\/dist\/schema\/yaml-1\.1\/merge\.js$/, exports: 'merge' },
];
const shorter = [
  {
    module: /\/yaml\/browser\/dist\/stringify\/foldFlowLines\.js$/,
    code: `export const FOLD_FLOW = 'flow', FOLD_BLOCK = 'block', FOLD_QUOTED = 'quoted';
      export function foldFlowLines(text) { return text; }`,
  },
  {
    module: /\/schema\/dist\/schema-source\.js$/,
    code: 'export function toJsonSchema(schema) { return schema; }',
  },
];

/** The parsers' messages by error code: the page has messages of its own, and needs only one of these. */
const messages = [
  {
    module: /\/yaml\/browser\/dist\/compose\/[\w-]+\.js$/,
    text: /('[A-Z_]{3,}', )(?:'[^'\n]*'|`[^`\n]*`)/g,
  },
];

/**
 * Bundles the script of the page, and writes `dist/index.js`, which contains its files as text, so that a server has
 * them wherever its own code is, bundled or not. Their names contain a digest of the content, so that a browser may
 * cache them for ever.
 */
const { output } = await build({
  input: { box: 'dist/box.js' },
  platform: 'browser',
  treeshake: {
    moduleSideEffects: [{ test: /dist\/box\.js$/, sideEffects: true }],
    propertyReadSideEffects: false,
  },
  plugins: [
    {
      name: 'smaller',
      load(id) {
        const code = shorter.find(({ module }) => module.test(id))?.code;
        if (code !== undefined) return code;
        const names = unused.find(({ module }) => module.test(id))?.exports.split(' ');
        return names?.map((name) => `export function ${name}() {}`).join('\n');
      },
      transform(code, id) {
        const text = messages.find(({ module }) => module.test(id))?.text;
        return text === undefined ? undefined : code.replace(text, "$1''");
      },
    },
  ],
  write: false,
  output: {
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
  },
});
const files = {};
for (const { fileName, code } of output) {
  // Two kilobytes smaller, compressed, than the bundler's own output.
  const smaller = await minify(code, {
    module: true,
    compress: { ecma: 2020, pure_getters: true, passes: 2 },
  });
  files[fileName] = smaller.code;
}
const entry = output.find(({ isEntry }) => isEntry).fileName;
writeFileSync(
  'dist/index.js',
  `export const entry = ${JSON.stringify(entry)};\nexport const files = ${JSON.stringify(files, undefined, 2)};\n`,
);
writeFileSync(
  'dist/index.d.ts',
  `/** The file that a page loads: \`<script type="module" src="…">\`. */
export declare const entry: string;
/** The content of each file by its name; they import each other by relative paths. */
export declare const files: Readonly<Record<string, string>>;
`,
);
// What is a part of the files comes with its licence.
for (const id of new Set(output.flatMap(({ moduleIds }) => moduleIds))) {
  const [, folder, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id) ?? [];
  if (name === undefined) continue;
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  cpSync(`${folder}/${licence}`, `dist/${name.replace('/', '-')}.LICENSE.txt`);
}
