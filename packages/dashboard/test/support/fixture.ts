import type {
  ActiveResponse,
  FactsResponse,
  Json,
  ProductsResponse,
  VersionsResponse,
} from '@candor/protocol';
import { Hono } from 'hono';

/** What a collector would answer about one product. */
export interface Fixture {
  products: ProductsResponse['products'];
  active: ActiveResponse['days'];
  versions: VersionsResponse['versions'];
  facts: FactsResponse;
}

const start = Date.parse('2026-10-01T00:00:00Z');

/** Sixty days of a growing product whose users move from 3.0 to 3.2. */
export function growingProduct(): Fixture {
  const days = Array.from({ length: 60 }, (_, index) => ({
    index,
    day: new Date(start + index * 86_400_000).toISOString().slice(0, 10),
  }));
  const active = days.map(({ index, day }) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const reports = 400 + 5 * index - (weekday % 6 === 0 ? 60 : 0);
    return {
      day,
      reports,
      firstOfDay: reports - 2,
      firstOfWeek: weekday === 1 ? reports - 2 : 12,
      firstOfMonth: day.endsWith('-01') ? reports - 2 : 9,
    };
  });
  const versions = days.flatMap(({ index, day }) => [
    { day, version: '3.0.4', count: Math.max(5, 300 - 5 * index) },
    { day, version: '3.1.0', count: 90 + index },
    ...(index > 20 ? [{ day, version: '3.2.0', count: 9 * (index - 20) }] : []),
    ...(index > 10 ? [{ day, version: '3.2.0-rc1', count: 7 }] : []),
    ...Array.from({ length: 7 }, (_, minor) => ({ day, version: `2.${minor}.1`, count: 3 + minor })),
  ]);
  const facts: [string, Json, number][] = [
    ['providers.docker', true, 9_123],
    ['providers.docker.exposedByDefault', false, 6_020],
    ['providers.docker.exposedByDefault', true, 3_103],
    ['providers.file', true, 4_410],
    ['providers.kubernetesIngress', true, 2_250],
    ['providers.consulCatalog', true, 3],
    ['entryPoints.*', true, 14_890],
    ...Array.from({ length: 9 }, (_, port): [string, Json, number] => [
      'entryPoints.*.address',
      `:${8080 + port}`,
      4_000 - 400 * port,
    ]),
    ['providers.docker.endpoint', 'xxxx', 2_700],
    ['api', true, 11_000],
    ['api.insecure', true, 2_500],
    ['log.level', 'DEBUG', 1_900],
  ];
  return {
    products: [{ product: 'traefik', firstDay: days[0]!.day, lastDay: days.at(-1)!.day }],
    active,
    versions,
    facts: { reports: 15_000, facts: facts.map(([path, value, count]) => ({ path, value, count })) },
  };
}

/** Serves a fixture as the query API does. */
export function queryApi(fixture: Fixture): Hono {
  const app = new Hono();
  const within = <T extends { day: string }>(rows: readonly T[], from = '', to = '9999'): T[] =>
    rows.filter(({ day }) => from <= day && day <= to);
  app.get('/v1/products', (c) => c.json({ products: fixture.products }));
  app.get('/v1/products/:product/active', (c) =>
    c.json({ days: within(fixture.active, c.req.query('from'), c.req.query('to')) }),
  );
  app.get('/v1/products/:product/versions', (c) =>
    c.json({ versions: within(fixture.versions, c.req.query('from'), c.req.query('to')) }),
  );
  app.get('/v1/products/:product/facts', (c) => {
    const path = c.req.query('path') ?? '';
    const facts = fixture.facts.facts.filter((fact) => fact.path.startsWith(path));
    return c.json({ ...fixture.facts, facts });
  });
  return app;
}
