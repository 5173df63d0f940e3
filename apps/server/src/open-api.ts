import type { Hono } from 'hono';
import { problems } from '@candor/collector';

/** The documentation of one route. */
interface Operation {
  readonly summary: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Media types of the response by status. */
  readonly responses: Readonly<Record<number, readonly string[]>>;
  readonly open?: true;
}

const json = ['application/json'] as const;
const table = ['application/json', 'text/csv'] as const;
const report: Operation = {
  summary: 'Takes a report. It is durable when this is answered.',
  query: { 'dry-run': 'Verifies the report and stores nothing (200).' },
  body: 'A report as `@candor/protocol` describes it, gzipped or not.',
  responses: { 200: json, 202: json },
  open: true,
};
const range = { from: 'First day, YYYY-MM-DD.', to: 'Last day, YYYY-MM-DD.', format: '`csv` for a table.' };

/** The operations by method and path below the base path. */
const operations: Readonly<Record<string, Operation>> = {
  'GET /healthz': { summary: 'Says that the process answers.', responses: { 200: json }, open: true },
  'GET /readyz': {
    summary: 'Says whether reports can be taken.',
    responses: { 200: json, 503: json },
    open: true,
  },
  'GET /metrics': { summary: 'Metrics for Prometheus.', responses: { 200: ['text/plain'] } },
  'GET /openapi.json': { summary: 'This document.', responses: { 200: json }, open: true },
  'GET /': { summary: 'The dashboard.', responses: { 200: ['text/html'] } },
  'POST /v1/reports': report,
  'POST /v1/products/traefik/reports': {
    ...report,
    summary: "Takes a report in Traefik's own format.",
    body: 'A report as Traefik sends it.',
  },
  'DELETE /v1/reports/:id': {
    summary: 'Erases a report, given its secret as a Bearer token.',
    responses: { 204: [] },
  },
  'DELETE /v1/products/:product/facts': {
    summary: 'Erases what was said at or below a path, from rows and counts.',
    query: { path: 'Such as providers.docker.' },
    responses: { 204: [] },
  },
  'GET /v1/products': { summary: 'Products with their first and last day.', responses: { 200: table } },
  'GET /v1/refusals': { summary: 'Refused reports and removed values.', responses: { 200: json } },
  'GET /v1/products/:product/count': {
    summary: 'Counts installations or reports by day, week or month.',
    query: {
      ...range,
      period: 'day, week or month; the range is widened to whole ones. Default: day.',
      unit: 'installations or reports. Default: installations.',
      by: 'nothing, version, path, age or changed. Default: nothing.',
      path: 'With by=path: only facts at or below this path.',
      where:
        'A condition as JSON, such as {"path":"api","value":true} or {"version":">=3.1"}; all must hold.',
      kept: 'only: with conditions, answers from kept counts alone; a day that has none makes its period incomplete.',
    },
    responses: { 200: table },
  },
  'GET /public/:file': {
    summary: 'Published weeks of a product, as a page, or as data by the ending .json or .csv.',
    responses: { 200: ['text/html', 'application/json', 'text/csv'] },
    open: true,
  },
  'GET /features': page('Which features are used.'),
  'GET /field': page('Everything about one field.'),
  'GET /explore': page('Every exported path, to search, slice and cross.'),
  'GET /health': page('What was accepted, refused and removed.'),
  'GET /collected': page('What is collected; needs no token for a product whose field list is public.'),
  'GET /collected/schema.js': {
    summary:
      'The schema of a configuration, as a module for the page of what is collected; a token as there.',
    query: { product: 'Its name.' },
    responses: { 200: ['text/javascript'] },
  },
  'GET /collected/:file': {
    summary: 'The script of the page of what is collected.',
    responses: { 200: ['text/javascript'] },
    open: true,
  },
  'GET /first-steps': page('How to register a product and report to this collector.'),
  'GET /field.svg': {
    summary: 'The adoption of one field as an image.',
    responses: { 200: ['image/svg+xml'] },
  },
};

function page(summary: string): Operation {
  return { summary, responses: { 200: ['text/html'] } };
}

/** Returns the OpenAPI 3.1 document of an app's routes. Throws for a route that has no description. */
export function openApiDocument(routes: Hono['routes'], basePath: string): object {
  const paths: Record<string, Record<string, object>> = {};
  const base = basePath === '/' ? '' : basePath;
  for (const { method, path } of routes) {
    if (method === 'ALL' || path.includes('*')) continue;
    const below = path.startsWith(base) ? path.slice(base.length) || '/' : path;
    const operation = operations[`${method} ${below}`] ?? operations[`${method} ${path}`];
    if (operation === undefined) throw new Error(`The route ${method} ${path} has no description.`);
    const template = path.replace(/:(\w+)/g, '{$1}');
    (paths[template] ??= {})[method.toLowerCase()] = describe(operation, path);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Candor collector',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic' },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

function describe({ summary, query = {}, body, responses, open }: Operation, path: string): object {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  return {
    summary,
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(query).map(([name, description]) => ({
        name,
        in: 'query',
        description,
        schema: { type: 'string' },
      })),
    ],
    ...(body !== undefined && {
      requestBody: {
        required: true,
        description: body,
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, types]) => [
          status,
          {
            description: summary,
            ...(types.length > 0 && { content: Object.fromEntries(types.map((type) => [type, {}])) }),
          },
        ]),
      ),
      default: {
        description: 'A problem (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    ...(open !== true && { security: [{ bearer: [] }, { basic: [] }] }),
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { enum: Object.keys(problems).map((code) => `urn:candor:problem:${code}`) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    issues: { type: 'array', items: { type: 'object' } },
  },
};
