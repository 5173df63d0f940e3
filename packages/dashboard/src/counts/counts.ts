import { type CountQuery, type CountResult, formatCountQuery, type ProductsResponse } from '@candor/protocol';
import { DashboardError } from '../dashboard-error.js';

/** Makes a `GET` request to the query API, with path and query string (`/v1/products/…?from=…`). */
export type Query = (path: string) => Response | Promise<Response>;

/** The query API as functions. Each rejects with `ERR_QUERY`. */
export interface Counts {
  products(): Promise<ProductsResponse['products']>;
  count(query: CountQuery): Promise<CountResult>;
}

/** Creates the functions that call a query API. */
export function createCounts(query: Query): Counts {
  return {
    products: async () => (await read<ProductsResponse>(query, '/v1/products')).products,
    count: (wanted) => read<CountResult>(query, countPath(wanted)),
  };
}

/** Returns the path of a query, for links to its result as data. */
export function countPath(query: CountQuery, format?: 'csv'): string {
  const search = formatCountQuery(query);
  return `/v1/products/${encodeURIComponent(query.product)}/count?${search}${format === undefined ? '' : `&format=${format}`}`;
}

async function read<T>(query: Query, path: string): Promise<T> {
  let response: Response;
  try {
    response = await query(path);
  } catch (cause) {
    throw new DashboardError('ERR_QUERY', 'The collector could not be reached.', { cause });
  }
  if (!response.ok) throw new DashboardError('ERR_QUERY', `The collector answered ${response.status}.`);
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new DashboardError('ERR_QUERY', 'The collector answered something that is not JSON.', { cause });
  }
}
