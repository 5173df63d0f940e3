import { scrub } from '@candor/anonymizer';
import type { Peers } from '../frame/comparison.js';

/** Replaces what a scanner finds in a text. */
export type Mask = (text: string) => string | Promise<string>;

/** Scanners that are npm packages, by their name in the table. */
export const scannerPeers: readonly string[] = [
  '@secretlint/core@13.0.7',
  '@secretlint/secretlint-rule-preset-recommend@13.0.7',
  'redact-pii@3.4.0',
  'linkify-it@6.1.0',
  'tlds@1.261.0',
];

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Makes each scanner ready. `personal` asks Candor for phone numbers, bank accounts and cards as well. */
export async function createScanners(
  peers: Peers,
): Promise<Readonly<Record<string, (personal: boolean) => Mask>>> {
  const [secretlint, redactPii, linkify] = [
    await createSecretlint(peers),
    await createRedactPii(peers),
    await createLinkify(peers),
  ];
  return {
    candor: (personal) => (text) => scrub(text, { personal }),
    secretlint: () => secretlint,
    'redact-pii': () => redactPii,
    'linkify-it': () => linkify,
  };
}

/** linkify-it with all that it finds without a scheme, and every top-level domain. */
export async function createLinkify(peers: Peers): Promise<(text: string) => string> {
  const { LinkifyIt } = (await peers('linkify-it')) as {
    LinkifyIt: new (options: object) => {
      tlds(list: readonly string[]): unknown;
      match(text: string): readonly { readonly index: number; readonly lastIndex: number }[] | null;
    };
  };
  const { default: tlds } = (await peers('tlds/index.json')) as { default: readonly string[] };
  const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });
  linkify.tlds(tlds);
  return (text) =>
    masked(
      text,
      (linkify.match(text) ?? []).map(({ index, lastIndex }) => ({ start: index, end: lastIndex })),
    );
}

async function createSecretlint(peers: Peers): Promise<Mask> {
  const { lintSource } = (await peers('@secretlint/core')) as {
    lintSource(
      options: object,
    ): Promise<{ messages: readonly { readonly range: readonly [number, number] }[] }>;
  };
  const { creator } = await peers('@secretlint/secretlint-rule-preset-recommend');
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
  return async (text) => {
    const source = { filePath: '/text.txt', content: text, ext: '.txt', contentType: 'text' };
    const { messages } = await lintSource({ source, options: { config } });
    return masked(
      text,
      messages.map(({ range: [start, end] }) => ({ start, end })),
    );
  };
}

async function createRedactPii(peers: Peers): Promise<Mask> {
  const { SyncRedactor } = (await peers('redact-pii')) as {
    SyncRedactor: new () => { redact(text: string): string };
  };
  const redactor = new SyncRedactor();
  return (text) => redactor.redact(text);
}

function masked(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start >= from) result += `${text.slice(from, start)}xxxx`;
    from = Math.max(from, end);
  }
  return result + text.slice(from);
}
