import { addDays, type CountResult, dayOf } from '@candor/protocol';
import { post, type traefikReport } from './report.js';

type Report = ReturnType<typeof traefikReport>;

/** Settings that limit no network. */
export const generous: readonly string[] = [
  '--limits.requestsPerMinute',
  '1000000',
  '--limits.countedPerDay',
  '1000000',
];

/** Sends reports, each over a connection of its own, and returns those that were acknowledged. */
export async function sendAll(url: string, reports: readonly Report[]): Promise<Report[]> {
  const answers = await Promise.all(
    reports.map(async (report) => {
      const answer = await post(url, report, { connection: 'close' }).catch(() => undefined);
      return answer?.status === 202 ? [report] : [];
    }),
  );
  return answers.flat();
}

/** Resolves to how many reports a server counts today and in the days around it. */
export async function countedReports(url: string, days = 1): Promise<number> {
  const today = dayOf(Date.now());
  const range = `from=${addDays(today, -days)}&to=${addDays(today, days)}&unit=reports`;
  const response = await fetch(new URL(`/v1/products/traefik/count?${range}`, url));
  const { periods } = (await response.json()) as CountResult;
  return periods.reduce((sum, { total }) => sum + total, 0);
}
