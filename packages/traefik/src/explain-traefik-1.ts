import type { Json } from '@candor/schema';

/**
 * Returns a sentence for a configuration of Traefik 1.x, whose sections have other names since 2.0; undefined for any
 * other (https://doc.traefik.io/traefik/migration/v1-to-v2/). Without it, half of such a file would be dropped
 * silently.
 */
export function explainTraefik1(document: Json): string | undefined {
  if (!isSection(document)) return undefined;
  const found = signsOf(document).at(0);
  if (found === undefined) return undefined;
  return `this looks like Traefik 1.x (${found}), whose settings have other names; only 2.x and 3.x can be read`;
}

/** Top-level keys of 1.7 that were moved or removed in 2.0. */
const topLevel = lowerCase(`
  acme backends boltdb cluster consul consulCatalog debug defaultEntryPoints docker dynamodb ecs
  etcd eureka file forwardingTimeouts frontends graceTimeOut healthCheck insecureSkipVerify keepTrailingSlash
  kubernetes lifeCycle logLevel marathon maxIdleConnsPerHost mesos providersThrottleDuration rancher
  respondingTimeouts rest retry rootCAs serviceFabric traefikLog traefikLogsFile accessLogsFile web
  zookeeper checkNewVersion sendAnonymousUsage idleTimeout allowMinWeightZero constraints
`);

/** Keys of an entry point in 1.7 that were moved or removed. */
const inEntryPoint = lowerCase('redirect tls auth compress whiteList whiteListSourceRange clientIPStrategy');

/** Keys of other sections in 1.7 that were renamed in 2.0. */
const inSections: readonly (readonly [section: string, key: string])[] = [
  ['api', 'entryPoint'],
  ['api', 'statistics'],
  ['tracing', 'backend'],
];

function lowerCase(words: string): ReadonlySet<string> {
  return new Set(words.trim().toLowerCase().split(/\s+/));
}

/** Returns the settings that are typical of 1.x: keys of this format, never the operator's text. */
function signsOf(document: Section): string[] {
  const signs = Object.keys(document).filter((key) => topLevel.has(key.toLowerCase()));
  const entryPoints = memberOf(document, 'entrypoints');
  // A flag of 1.x: --entryPoints="Name:http Address::80", in any order, and with its quotes if no shell removed them.
  if (typeof entryPoints === 'string' && /(?:^|[\s"'])(?:name|address):/i.test(entryPoints)) {
    signs.push('entryPoints as text');
  }
  for (const [name, key] of inSections) {
    const section = memberOf(document, name);
    if (isSection(section) && memberOf(section, key.toLowerCase()) !== undefined)
      signs.push(`${name}.${key}`);
  }
  if (!isSection(entryPoints)) return signs;
  const old = Object.values(entryPoints)
    .filter(isSection)
    .flatMap((entryPoint) => Object.keys(entryPoint))
    .find((key) => inEntryPoint.has(key.toLowerCase()));
  return old === undefined ? signs : [...signs, `entryPoints.*.${old}`];
}

interface Section {
  readonly [key: string]: Json;
}

function isSection(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(section: Section, lowerKey: string): Json | undefined {
  return Object.entries(section).find(([key]) => key.toLowerCase() === lowerKey)?.[1];
}
