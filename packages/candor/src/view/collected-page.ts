import { createHash } from 'node:crypto';
import { reportParts } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import { collectedHtml } from '@candor/schema/html';
import { htmlEscape } from 'escape-goat';
import { pageStyle } from './page-style.js';

/** What the page mentions. */
export interface CollectedPageOptions {
  readonly product: string;
  /** The operator's command, such as `gateway usage`. */
  readonly command: string;
}

/** Returns the page of what is collected: one HTML document without scripts or further requests. */
export function collectedPage(list: FieldList, { product, command }: CollectedPageOptions): string {
  const title = htmlEscape(`What ${product} collects`);
  const hash = createHash('sha256').update(pageStyle).digest('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<p class="brand">Anonymous usage</p>
<h1>${title}</h1>
<p>Where its operator agrees, ${htmlEscape(product)} reports once a day which parts of its configuration are in use. This is everything
that such a report can hold.</p>
</header>
<main>
${collectedHtml(list, { command, envelope: reportParts })}
</main>
</body>
</html>
`;
}
