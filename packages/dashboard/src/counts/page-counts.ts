import type { CountQuery, CountResult } from '@candor/protocol';
import type { Counts } from './counts.js';

/** How many reports a page reads one by one without being asked: about 200 ms. */
const readAtOnce = 20_000;

/** What a query of a page returns. */
export interface PageCount extends CountResult {
  /** The number of reports that would have to be read one by one, if they are too many and were not read; else zero. */
  readonly unread: number;
}

/** The counts of one page. */
export interface PageCounts {
  /** Answers a query; `times` is how many similar queries are made at once. Rejects with `ERR_QUERY`. */
  count(query: CountQuery, times?: number): Promise<PageCount>;
}

/**
 * Creates the counts of one page. A query with conditions that has no stored counts reads reports one by one: if they
 * are few by the totals of the range, or if the reader of the page asks for it.
 */
export function createPageCounts({ count }: Counts, readsAll: boolean): PageCounts {
  const known = new Map<string, Promise<number>>();
  const reportsOf = ({ product, from, to }: CountQuery): Promise<number> => {
    const range = `${from} ${to}`;
    const reports =
      known.get(range) ??
      count({ product, from, to, period: 'day', unit: 'reports', by: 'nothing' }).then(({ periods }) =>
        periods.reduce((sum, { total }) => sum + total, 0),
      );
    known.set(range, reports);
    return reports;
  };
  return {
    async count(query, times = 1) {
      const isKept = readsAll || (query.where ?? []).length === 0;
      const reports = isKept ? 0 : times * (await reportsOf(query));
      const keptOnly = reports > readAtOnce;
      const result = await count({ ...query, keptOnly });
      const isWhole = result.periods.every(({ complete }) => complete);
      return { ...result, unread: keptOnly && !isWhole ? reports : 0 };
    },
  };
}
