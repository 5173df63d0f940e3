import type { Issue } from '@candor/protocol';

/** Why a request was not served, with its HTTP status. */
export const problems = {
  'bad-request': 400,
  'bad-json': 400,
  'bad-report': 400,
  'bad-path': 400,
  'bad-query': 400,
  'bad-encoding': 400,
  'broken-body': 400,
  'bad-day': 400,
  'bad-host': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'unknown-product': 404,
  'method-not-allowed': 405,
  'slow-request': 408,
  'slow-body': 408,
  'retired-fields': 410,
  stopped: 410,
  'too-large': 413,
  'unsupported-type': 415,
  'unknown-fields': 422,
  'rate-limited': 429,
  'large-headers': 431,
  internal: 500,
  busy: 503,
  'storage-failed': 503,
} as const;

/** The kind of a problem; the last segment of its `type`. */
export type ProblemType = keyof typeof problems;

/** A request that ends in a problem, thrown by the code that serves it. It repeats nothing that was sent. */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  readonly code: ProblemType;
  readonly details: ProblemDetails;

  constructor(code: ProblemType, detail: string, details: ProblemDetails = {}, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
    this.details = details;
  }
}

/** What a problem says beside its kind. */
export interface ProblemDetails {
  readonly issues?: readonly Issue[];
  /** Seconds. */
  readonly retryAfter?: number;
  /** Methods that the path has. */
  readonly allow?: readonly string[];
}

/** Returns the response for a problem: `application/problem+json` (RFC 9457). */
export function problemResponse({ code, message, details }: Problem): Response {
  const status = problems[code];
  const { issues, retryAfter, allow } = details;
  const body = {
    type: `urn:candor:problem:${code}`,
    title: code.replaceAll('-', ' '),
    status,
    detail: message,
    ...(issues !== undefined && { issues }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(allow !== undefined && { allow: allow.join(', ') }),
      // A browser knows only the second one, and asks for a password.
      ...(code === 'unauthorized' && { 'www-authenticate': 'Bearer realm="Candor", Basic realm="Candor"' }),
    },
  });
}
