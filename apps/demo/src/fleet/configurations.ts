import type { Json } from '@candor/protocol';
import type { Dice } from './dice.js';
import { inventOwner, type Owner } from './people.js';
import type { Major } from './releases.js';

/** A static configuration in the schema's spelling. */
export interface Configuration {
  readonly [key: string]: Json;
}

type Section = { [key: string]: Json };

/** Invents an operator's configuration for a major version, secrets included. */
export function writeConfiguration(dice: Dice, major: Major): Configuration {
  const owner = inventOwner(dice);
  const kind = dice.pick([44, 'containers'], [29, 'cluster'], [10, 'swarm'], [9, 'catalog'], [8, 'files']);
  const providers = writeProviders(dice, owner, kind, major);
  if (kind !== 'files' && dice.happens(0.42))
    providers.file = { directory: '/etc/traefik/dynamic', watch: true };
  if (dice.happens(0.06))
    providers.http = { endpoint: `https://config.${owner.domain}/traefik`, pollInterval: '30s' };
  if (dice.happens(0.05))
    providers.redis = { endpoints: [`${owner.privateAddress}:6379`], password: owner.secret() };
  return {
    global: { sendAnonymousUsage: true, ...(dice.happens(0.4) && { checkNewVersion: false }) },
    entryPoints: writeEntryPoints(dice, owner),
    providers,
    ...(dice.happens(0.78) && {
      api: {
        dashboard: true,
        ...(dice.happens(0.23) && { insecure: true }),
        ...(dice.happens(0.05) && { debug: true }),
      },
    }),
    ...(dice.happens(0.62) && {
      certificatesResolvers: { [dice.any(['letsencrypt', 'le', 'acme'])]: writeResolver(dice, owner) },
    }),
    ...(dice.happens(0.7) && {
      log: {
        level: dice.pick([5, 'INFO'], [3, 'ERROR'], [2, 'WARN'], [2, 'DEBUG']),
        ...(dice.happens(0.2) && { format: 'json', filePath: `/var/log/${owner.domain}/traefik.log` }),
      },
    }),
    ...(dice.happens(0.45) && {
      accessLog: dice.happens(0.4) ? { format: 'json', bufferingSize: 100 } : { format: 'common' },
    }),
    ...(dice.happens(0.38) && { metrics: writeMetrics(dice, owner) }),
    ...(dice.happens(0.14) && { tracing: writeTracing(dice, owner, major) }),
    ...(dice.happens(0.31) && {
      ping: dice.happens(0.3) ? { entryPoint: 'traefik' } : { manualRouting: false },
    }),
  };
}

function writeEntryPoints(dice: Dice, owner: Owner): Section {
  const secure: Section = { address: ':443' };
  if (dice.happens(0.2)) secure.http3 = { advertisedPort: 443 };
  if (dice.happens(0.35))
    secure.http = {
      tls: { certResolver: 'letsencrypt', domains: [{ main: owner.domain, sans: [`*.${owner.domain}`] }] },
    };
  const web: Section = { address: dice.pick([8, ':80'], [2, ':8080'], [1, `${owner.privateAddress}:80`]) };
  if (dice.happens(0.5))
    web.http = { redirections: { entryPoint: { to: 'websecure', scheme: 'https', permanent: true } } };
  if (dice.happens(0.18)) web.forwardedHeaders = { trustedIPs: [`${owner.privateAddress}/32`] };
  if (dice.happens(0.09)) web.proxyProtocol = { trustedIPs: [`${owner.privateAddress}/32`] };
  return {
    web,
    ...(dice.happens(0.86) && { websecure: secure }),
    ...(dice.happens(0.22) && { metrics: { address: ':8082' } }),
    ...(dice.happens(0.08) && { [`mail-${owner.domain.split('.')[0]}`]: { address: ':25' } }),
  };
}

function writeProviders(dice: Dice, owner: Owner, kind: string, major: Major): Section {
  const remote = dice.happens(0.3);
  const docker: Section = {
    exposedByDefault: dice.happens(0.3),
    ...(remote && { endpoint: `tcp://${owner.privateAddress}:2375` }),
    ...(dice.happens(0.4) && { network: `${owner.domain.split('.')[0]}_proxy` }),
    ...(remote &&
      dice.happens(0.4) && {
        tls: { ca: `/certs/${owner.domain}.pem`, cert: '/certs/client.pem', key: '/certs/client.key' },
      }),
  };
  if (kind === 'containers') return { docker };
  if (kind === 'swarm') return major === 2 ? { docker: { ...docker, swarmMode: true } } : { swarm: docker };
  if (kind === 'files') return { file: { filename: '/etc/traefik/dynamic.yml', watch: dice.happens(0.7) } };
  if (kind === 'catalog') {
    const endpoint = { address: `consul.${owner.domain}:8500`, token: owner.secret() };
    return dice.happens(0.6)
      ? { consulCatalog: { prefix: 'traefik', exposedByDefault: false, endpoint } }
      : {
          nomad: {
            exposedByDefault: false,
            endpoint: { address: `http://nomad.${owner.domain}:4646`, token: owner.secret() },
          },
        };
  }
  const cluster: Section = {
    ...(dice.happens(0.3) && { namespaces: ['default', owner.domain.split('.')[0] ?? 'apps'] }),
  };
  return {
    ...(dice.happens(0.75) && {
      kubernetesCRD: { ...cluster, ...(dice.happens(0.3) && { allowCrossNamespace: true }) },
    }),
    ...(dice.happens(0.6) && { kubernetesIngress: { ...cluster, ingressClass: 'traefik' } }),
    ...(dice.happens(major === 3 ? 0.4 : 0.1) && { kubernetesGateway: cluster }),
  };
}

function writeResolver(dice: Dice, owner: Owner): Section {
  const challenge: Section = dice.pick<Section>(
    [4, { tlsChallenge: {} }],
    [4, { httpChallenge: { entryPoint: 'web' } }],
    [5, { dnsChallenge: { provider: dice.any(['cloudflare', 'route53', 'ovh', 'hetzner', 'gandiv5']) } }],
  );
  return {
    acme: {
      email: owner.email,
      storage: '/letsencrypt/acme.json',
      ...(dice.happens(0.3) && { keyType: 'EC256' }),
      ...challenge,
    },
  };
}

function writeMetrics(dice: Dice, owner: Owner): Section {
  return dice.pick<Section>(
    [
      9,
      {
        prometheus: {
          addRoutersLabels: dice.happens(0.5),
          ...(dice.happens(0.5) && { entryPoint: 'metrics' }),
        },
      },
    ],
    [1, { datadog: { address: `${owner.privateAddress}:8125` } }],
    [
      1,
      {
        influxDB2: {
          address: `https://influx.${owner.domain}`,
          token: owner.secret(),
          org: owner.domain,
          bucket: 'traefik',
        },
      },
    ],
  );
}

function writeTracing(dice: Dice, owner: Owner, major: Major): Section {
  if (major === 3)
    return { serviceName: 'traefik', otlp: { http: { endpoint: `https://otel.${owner.domain}/v1/traces` } } };
  return dice.pick<Section>(
    [3, { jaeger: { samplingServerURL: `http://jaeger.${owner.domain}:5778/sampling` } }],
    [1, { zipkin: { httpEndpoint: `http://${owner.privateAddress}:9411/api/v2/spans` } }],
  );
}
