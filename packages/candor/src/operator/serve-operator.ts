import { randomBytes } from 'node:crypto';
import type { Json } from '@candor/protocol';
import type { Mode } from '@candor/reporter';
import { describeFailure } from './command-result.js';
import type { OperatorContext } from './operator-context.js';
import { operatorPage, type PageContent } from './operator-page.js';
import { readForm } from './read-form.js';
import { reportText } from './report-text.js';
import { isOwnHost, isSameOrigin } from './same-origin.js';

/**
 * Serves the operator's page: GET as HTML, or as JSON where the request asks for that; POST with one of the page's
 * actions, from the page's own origin only. Works under any path, also behind a proxy that removes a part of it. Never
 * rejects.
 */
export async function serveOperator(context: OperatorContext, request: Request): Promise<Response> {
  try {
    if (!isOwnHost(request, context.pageHosts)) {
      return plain(421, 'This name is not known here. The program lists the names of its page in pageHosts.');
    }
    if (request.method === 'GET' || request.method === 'HEAD') return await show(context, request);
    if (request.method === 'POST') return await act(context, request);
    return plain(405, 'GET or POST', { allow: 'GET, HEAD, POST' });
  } catch (error) {
    return plain(500, describeFailure(error));
  }
}

async function show(context: OperatorContext, request: Request): Promise<Response> {
  if (wantsJson(request)) return respond(200, JSON.stringify(await dataOf(context)), 'application/json');
  return showPage(context);
}

async function showPage(context: OperatorContext, found?: PageContent['found']): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  return respond(
    200,
    operatorPage({ ...(await contentOf(context)), found }, nonce),
    'text/html; charset=utf-8',
    {
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    },
  );
}

async function dataOf({ reporter }: OperatorContext): Promise<unknown> {
  const [status, log, report] = await Promise.all([
    reporter.status(),
    reporter.log().catch(() => null),
    reporter.preview().then(parse, () => null),
  ]);
  return { status, report, log };
}

async function contentOf({ reporter, explain, notice }: OperatorContext): Promise<PageContent> {
  const [status, log, report] = await Promise.all([
    reporter.status(),
    reporter.log().then(
      (entries) => ({ entries, failure: undefined }),
      (error: unknown) => ({ entries: [], failure: describeFailure(error) }),
    ),
    Promise.all([reporter.preview(), explain()]).then(
      ([bytes, remarks]) => ({ text: reportText(parse(bytes), remarks), failure: undefined }),
      (error: unknown) => ({ text: '', failure: describeFailure(error) }),
    ),
  ]);
  return { status, log, report, notice: notice() };
}

function parse(bytes: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(bytes)) as Json;
}

async function act(context: OperatorContext, request: Request): Promise<Response> {
  const { reporter } = context;
  if (!isSameOrigin(request)) return plain(403, 'This action must come from the page itself.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return plain(415, 'Expected a form.');
  const form = await readForm(request);
  if (form === undefined) return plain(413, 'Expected one of the actions of the page.');
  const action = form.get('action');
  if (action === 'doctor') return showPage(context, { diagnosis: await reporter.diagnose() });
  if (action === 'forget') return showPage(context, { erasure: await reporter.forget() });
  if (isMode(action)) await reporter.setMode(action);
  else if (action === 'accept') await reporter.accept();
  else if (action === 'clean') await reporter.clean();
  else return plain(400, 'Expected one of the actions on, local, off, accept, doctor, forget, clean.');
  // Redirects to the page by a relative URL, since the path in the browser may be another one.
  return new Response(null, { status: 303, headers: { ...guards, location: '?' } });
}

function isMode(action: string | null): action is Mode {
  return action === 'on' || action === 'local' || action === 'off';
}

function wantsJson(request: Request): boolean {
  const accept = request.headers.get('accept') ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return respond(status, `${text}\n`, 'text/plain; charset=utf-8', headers);
}

// With `no-referrer` browsers would send `Origin: null`, which is refused.
const guards = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function respond(status: number, body: string, type: string, more: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { 'content-type': type, ...guards, ...more } });
}
