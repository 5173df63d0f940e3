import { parseArgs } from 'node:util';

// Does what `curl --fail` does with the options that the guides use, since a bare machine has no curl. Others are errors.
const { values, positionals } = parseArgs({
  options: {
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    request: { type: 'string', short: 'X', default: 'GET' },
  },
  allowPositionals: true,
});
const [url] = positionals;
const headers = values.header.map((header) => header.split(/:\s*/, 2));
const response = await fetch(url, { method: values.request, headers });
process.stdout.write(await response.text());
if (!response.ok) {
  console.error(`${values.request} ${url} was answered ${response.status}`);
  process.exitCode = 22;
}
