import { createUsageReporting, isCandorError, nodeHandler, tag, type UsageReporting } from 'candor';
import * as z from 'zod';

const schema = z
  .object({ port: z.int().meta(tag({ export: true })), secret: z.string().optional() })
  .meta(tag({ export: true }));
const rest = {
  product: 'notes',
  version: '1.4.0',
  endpoint: 'https://usage.example.org/v1/reports',
  consent: 'local',
} as const;

const usage = createUsageReporting({
  ...rest,
  schema,
  config: () => ({ port: 8080 }),
  factsSchema: z.object({ cores: z.int() }),
  facts: () => ({ cores: 4 }),
  features: ['sso'],
  deny: ['port'],
  logger: console,
});
export const general: UsageReporting = usage;
export const handler: unknown = nodeHandler(usage);
usage.markFeatureUsed('sso');
usage.setFacts({ cores: 8 });
usage.start().catch((error: unknown) => console.log(isCandorError(error) && error.code));

// @ts-expect-error The port is missing.
createUsageReporting({ ...rest, schema, config: () => ({ prot: 8080 }) });
// @ts-expect-error There is no such keyword.
z.int().meta(tag({ exprot: true }));
// @ts-expect-error There is no such feature.
usage.markFeatureUsed('soo');
// @ts-expect-error There is no such fact.
usage.setFacts({ coers: 8 });
// @ts-expect-error There is no such mode.
void usage.setMode('loud');
