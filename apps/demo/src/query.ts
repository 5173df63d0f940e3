import { type CountPeriod, type CountQuery, type CountResult, formatCountQuery } from '@candor/protocol';
import { DemoError } from './demo-error.js';

/** Queries of the server's stored reports, over its query API. They reject with `ERR_QUERY`. */
export interface Queries {
  /** Resolves to the facts in the reports of a day. */
  facts(day: string): Promise<Pick<CountPeriod, 'total' | 'counts'>>;
  /** Resolves to the number of reports in a range of days. */
  reports(from: string, to: string): Promise<number>;
  /** Resolves to the dashboard's page of features. */
  features(): Promise<string>;
}

/** Creates the queries about Traefik. */
export function createQueries(url: string): Queries {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, url));
    if (response.ok) return response;
    throw new DemoError('ERR_QUERY', `The server answered ${response.status} to ${path}`);
  };
  const count = async (query: Pick<CountQuery, 'from' | 'to' | 'by'>): Promise<CountResult['periods']> => {
    const search = formatCountQuery({ ...query, period: 'day', unit: 'reports' });
    return ((await (await get(`/v1/products/traefik/count?${search}`)).json()) as CountResult).periods;
  };
  return {
    facts: async (day) => (await count({ from: day, to: day, by: 'path' }))[0] ?? { total: 0, counts: [] },
    async reports(from, to) {
      const periods = await count({ from, to, by: 'nothing' });
      return periods.reduce((sum, { total }) => sum + total, 0);
    },
    features: async () => await (await get('/features')).text(),
  };
}
