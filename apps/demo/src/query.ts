import type { ActiveResponse, FactsResponse } from '@candor/protocol';
import { DemoError } from './demo-error.js';

/** What the server has stored, asked over its query API. Throws `ERR_QUERY`. */
export interface Queries {
  facts(day: string): Promise<FactsResponse>;
  /** Reports in a range of days. */
  reports(from: string, to: string): Promise<number>;
  /** The dashboard's page. */
  page(): Promise<string>;
}

/** Asks a server about Traefik. */
export function createQueries(url: string): Queries {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, url));
    if (response.ok) return response;
    throw new DemoError('ERR_QUERY', `The server answered ${response.status} to ${path}`);
  };
  return {
    facts: async (day) =>
      (await (await get(`/v1/products/traefik/facts?from=${day}&to=${day}`)).json()) as FactsResponse,
    async reports(from, to) {
      const answer = await get(`/v1/products/traefik/active?from=${from}&to=${to}`);
      const { days } = (await answer.json()) as ActiveResponse;
      return days.reduce((sum, { reports }) => sum + reports, 0);
    },
    page: async () => await (await get('/')).text(),
  };
}
