import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = fileURLToPath(new URL('pages/', import.meta.url));

// VitePress resolves its own modules from where the pages are, so they come to it.
rmSync(pages, { recursive: true, force: true });
const files = execFileSync('git', ['ls-files', '*.md', 'docs/*.svg', 'docs/*.png'], {
  cwd: root,
  encoding: 'utf8',
});
for (const file of files.trim().split('\n')) {
  if (!file.startsWith('.') && !file.startsWith('docs/site/')) cpSync(root + file, pages + file);
}
cpSync(fileURLToPath(new URL('playground.md', import.meta.url)), `${pages}playground.md`);
