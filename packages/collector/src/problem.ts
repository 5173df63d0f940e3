import type { Issue } from '@candor/protocol';

/** The reasons for refusing a request, with their HTTP status. */
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

/** The reason why a request is refused, thrown by the code that serves it. It repeats nothing that was sent. */
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

/** The details of a problem. */
export interface ProblemDetails {
  readonly issues?: readonly Issue[];
  /** Seconds. */
  readonly retryAfter?: number;
  /** The methods that the path allows. */
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
      // Browsers support only the second scheme, and ask for a password.
      ...(code === 'unauthorized' && { 'www-authenticate': 'Bearer realm="Candor", Basic realm="Candor"' }),
    },
  });
}
