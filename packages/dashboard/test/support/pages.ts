import { createDashboard, type DashboardOptions } from '../../src/index.js';
import type { Question } from '@candor/storage';
import type { Hono } from 'hono';
import { expect } from 'vitest';
import { type Installation, queryApi, storeOf, usualFleet } from './fleet.js';

/** The day after the last one that a fleet reported on. */
export const clock = (): number => Date.parse('2026-11-30T10:00:00Z');

/** Creates a dashboard over what a fleet reported. */
export async function dashboard(
  fleet: readonly Installation[] = usualFleet(),
  options: Partial<DashboardOptions> = {},
  product = 'notes',
): Promise<Hono> {
  const api = queryApi(await storeOf(fleet, product));
  return createDashboard({ query: (path) => api.request(path), clock, ...options });
}

/** A dashboard over reports of October and November that were rolled up, as if each stood for a thousand. */
export async function largeDashboard(
  questions: readonly Question[] = [],
): Promise<{ readonly app: Hono; readonly asked: string[] }> {
  const storage = await storeOf(usualFleet());
  await storage.maintain({ today: '2026-11-30', retention: 35, questions });
  const api = queryApi(storage);
  const asked: string[] = [];
  const query = async (path: string): Promise<Response> => {
    asked.push(path);
    const text = await (await api.request(path)).text();
    return new Response(text.replaceAll(/"(total|count)":([1-9]\d*)/g, '"$1":$2000'));
  };
  return { app: createDashboard({ query, clock }), asked };
}

/** The text of a page, white space collapsed. */
export async function textOf(app: Hono, path: string): Promise<string> {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  return html
    .replace(/<head>[^]*<\/head>/, ' ')
    .replaceAll(/<text class="tip[^]*?<\/text\s*>/g, ' ')
    .replaceAll('<wbr />', '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
