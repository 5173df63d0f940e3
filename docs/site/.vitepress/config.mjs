import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const pages = fileURLToPath(new URL('../pages/', import.meta.url));
const repository = 'https://github.com/candor-usage/candor/blob/main/';
const packages = [
  'candor',
  'schema',
  'anonymizer',
  'config',
  'hasher',
  'protocol',
  'reporter',
  'collector',
  'dashboard',
  'playground',
  'storage',
  'storage-sqlite',
  'storage-postgres',
  'storage-clickhouse',
  'traefik',
];

/** The pages are the repository's own Markdown files, at their own paths; only the playground is of the site. */
export default defineConfig({
  title: 'Candor',
  description: 'Anonymous usage reporting for self-hosted software',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'node_modules/.cache',
  rewrites: {
    'README.md': 'index.md',
    'packages/:name/README.md': 'packages/:name/index.md',
    'apps/:name/README.md': 'apps/:name/index.md',
    'docs/decisions/README.md': 'docs/decisions/index.md',
  },
  cleanUrls: true,
  // What is no page is in the repository.
  ignoreDeadLinks: true,
  markdown: { config: linkToRepository },
  themeConfig: {
    nav: [
      { text: 'Playground', link: '/playground' },
      { text: 'Privacy', link: '/docs/privacy-model' },
      { text: 'Operations', link: '/docs/operations' },
    ],
    sidebar: [
      {
        text: 'Candor',
        items: [
          { text: 'What it is', link: '/' },
          { text: 'Playground', link: '/playground' },
          { text: 'Privacy model', link: '/docs/privacy-model' },
          { text: 'What scrubbing finds', link: '/docs/scrubbing' },
          { text: 'What a host pays', link: '/docs/benchmarks' },
          { text: 'Operations', link: '/docs/operations' },
          { text: 'Contributing', link: '/CONTRIBUTING' },
        ],
      },
      { text: 'Packages', items: packages.map((name) => ({ text: name, link: `/packages/${name}/` })) },
    ],
    search: { provider: 'local' },
  },
});

/** Leads links to sources to the repository, where they are. */
function linkToRepository(markdown) {
  const render =
    markdown.renderer.rules.link_open ??
    ((tokens, at, options, _, self) => self.renderToken(tokens, at, options));
  markdown.renderer.rules.link_open = (tokens, at, options, env, self) => {
    const href = tokens[at].attrGet('href') ?? '';
    const isSource = !/^(?:[a-z]+:|#|\/)/.test(href) && !/(?:\.md|\/)(?:#.*)?$/.test(href);
    if (isSource && env.path) {
      const path = new URL(href, `file://${env.path}`).pathname;
      if (path.startsWith(pages)) tokens[at].attrSet('href', repository + path.slice(pages.length));
    }
    return render(tokens, at, options, env, self);
  };
}
