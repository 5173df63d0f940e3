import type { Hono } from 'hono';
import { Problem } from './problem.js';

/** Refuses (405) the methods that no route of a path has. Call it after all routes are added. */
export function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    if (method === 'ALL' || path.endsWith('*')) continue;
    const known = methods.get(path) ?? new Set();
    known.add(method);
    if (method === 'GET') known.add('HEAD');
    methods.set(path, known);
  }
  for (const [path, known] of methods) {
    app.all(path, () => {
      throw new Problem('method-not-allowed', 'This path does not take that method.', { allow: [...known] });
    });
  }
}
