import type { ActiveResponse, FactsResponse, ProductsResponse, VersionsResponse } from '@candor/protocol';
import { monthOf, weekOf } from '../calendar.js';
import type { Choice } from '../choice.js';
import { DashboardError } from '../dashboard-error.js';
import type { Highlight } from '../highlight.js';

/** Answers a `GET` of the query API, given path and query string (`/v1/products/…?from=…`). */
export type Query = (path: string) => Response | Promise<Response>;

/** Everything that the page shows. */
export interface Numbers {
  /** Begins early enough that the range's first week and month are whole. */
  readonly days: ActiveResponse['days'];
  readonly versions: VersionsResponse['versions'];
  readonly facts: FactsResponse;
  readonly highlights: readonly { readonly highlight: Highlight; readonly answer: FactsResponse }[];
}

/** Reads the known products. Throws `ERR_QUERY`. */
export async function readProducts(query: Query): Promise<ProductsResponse['products']> {
  return (await read<ProductsResponse>(query, '/v1/products')).products;
}

/** Reads what a choice needs, all at once. Throws `ERR_QUERY`. */
export async function readNumbers(
  query: Query,
  choice: Choice,
  wanted: readonly Highlight[],
): Promise<Numbers> {
  const { from, to } = choice;
  const ask = <T>(what: string, search: Record<string, string>): Promise<T> =>
    read<T>(query, queryPath(choice.product, what, search));
  const facts = (path: string): Promise<FactsResponse> =>
    ask('facts', { from, to, ...(path !== '' && { path }) });
  const early = [from, weekOf(from), monthOf(from)].toSorted()[0] ?? from;
  const [active, versions, chosen, highlights] = await Promise.all([
    ask<ActiveResponse>('active', { from: early, to }),
    ask<VersionsResponse>('versions', { from, to }),
    facts(choice.path),
    Promise.all(wanted.map(async (highlight) => ({ highlight, answer: await facts(highlight.path) }))),
  ]);
  return { days: active.days, versions: versions.versions, facts: chosen, highlights };
}

/** The path of one question about a product. */
export function queryPath(product: string, what: string, search: Record<string, string>): string {
  return `/v1/products/${encodeURIComponent(product)}/${what}?${new URLSearchParams(search).toString()}`;
}

async function read<T>(query: Query, path: string): Promise<T> {
  const response = await answer(query, path);
  if (!response.ok) {
    throw new DashboardError('ERR_QUERY', `The collector answered ${response.status}.`);
  }
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new DashboardError('ERR_QUERY', 'The collector answered something that is not JSON.', { cause });
  }
}

async function answer(query: Query, path: string): Promise<Response> {
  try {
    return await query(path);
  } catch (cause) {
    throw new DashboardError('ERR_QUERY', 'The collector could not be reached.', { cause });
  }
}
