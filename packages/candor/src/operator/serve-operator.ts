import { randomBytes } from 'node:crypto';
import type { Mode } from '@candor/reporter';
import { describeFailure } from './answer.js';
import type { OperatorContext } from './operator-context.js';
import { operatorPage, type PageContent } from './operator-page.js';
import { isSameOrigin } from './same-origin.js';

/**
 * Answers the operator's page: GET as HTML, or as JSON where the request asks for that; POST with one of the
 * page's actions, from the page's own origin only. Works under any path. Never rejects.
 */
export async function serveOperator(door: OperatorContext, request: Request): Promise<Response> {
  try {
    if (request.method === 'GET' || request.method === 'HEAD') return await show(door, request);
    if (request.method === 'POST') return await act(door, request);
    return plain(405, 'GET or POST', { allow: 'GET, HEAD, POST' });
  } catch (error) {
    return plain(500, describeFailure(error));
  }
}

async function show(door: OperatorContext, request: Request): Promise<Response> {
  const content = await contentOf(door);
  if (wantsJson(request)) {
    const { status, report, log } = content;
    return respond(200, JSON.stringify({ status, report: report.value ?? null, log }), 'application/json');
  }
  const nonce = randomBytes(16).toString('base64');
  return respond(200, operatorPage(content, nonce), 'text/html; charset=utf-8', {
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  });
}

async function contentOf({ reporter, notice }: OperatorContext): Promise<PageContent> {
  const [status, log, report] = await Promise.all([
    reporter.status(),
    reporter.log(),
    reporter.preview().then(
      (bytes) => ({ value: JSON.parse(new TextDecoder().decode(bytes)) as unknown, failure: undefined }),
      (error: unknown) => ({ value: undefined, failure: describeFailure(error) }),
    ),
  ]);
  return { status, log, report, notice: notice() };
}

async function act({ reporter }: OperatorContext, request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return plain(403, 'This action must come from the page itself.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return plain(415, 'Expected a form.');
  const body = await request.text();
  const action = body.length > longestForm ? null : new URLSearchParams(body).get('action');
  if (isMode(action)) {
    await reporter.setMode(action);
  } else if (action === 'clean') {
    await reporter.clean();
  } else {
    return plain(400, 'Expected one of the actions on, local, off, clean.');
  }
  // Relative, since a proxy may have taken something off the path.
  const location = `./${new URL(request.url).pathname.split('/').at(-1)}`;
  return new Response(null, { status: 303, headers: { ...guards, location } });
}

const longestForm = 1024;

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

// `no-referrer` would make browsers say `Origin: null`, which is refused.
const guards = {
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function respond(status: number, body: string, type: string, more: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { 'content-type': type, ...guards, ...more } });
}
