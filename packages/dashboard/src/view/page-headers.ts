import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { style } from './style.js';

/**
 * Returns the middleware that sets the headers of every page: they allow its own stylesheet by hash, forms to its own
 * origin, and nothing else. `script` also allows scripts of the same origin, which still cannot make requests.
 */
export function pageHeaders({ script = false }: { readonly script?: boolean } = {}): MiddlewareHandler {
  const hash = createHash('sha256').update(style).digest('base64');
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [`'sha256-${hash}'`],
      ...(script && { scriptSrc: ["'self'"], requireTrustedTypesFor: ["'script'"] }),
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
  });
}
