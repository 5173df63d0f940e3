/** One configuration in each format, with its anonymized form. */
export interface PublishedExample {
  readonly toml: string;
  readonly anonymizedToml: string;
  readonly yaml: string;
  readonly flags: readonly string[];
  /** The anonymized configuration in the schema's spelling. */
  readonly anonymized: { readonly [key: string]: object };
}

/** The configuration of Traefik's page on data collection in each format, and its anonymized form from that page. */
export const publishedExample: PublishedExample = {
  toml: `[entryPoints]
  [entryPoints.web]
    address = ":80"

[api]

[providers.docker]
  endpoint = "tcp://10.10.10.10:2375"
  exposedByDefault = true
  swarmMode = true

  [providers.docker.TLS]
    ca = "dockerCA"
    cert = "dockerCert"
    key = "dockerKey"
    insecureSkipVerify = true
`,
  anonymizedToml: `[entryPoints]
  [entryPoints.web]
    address = ":80"

[api]

[providers.docker]
  endpoint = "xxxx"
  exposedByDefault = true
  swarmMode = true

  [providers.docker.TLS]
    ca = "xxxx"
    cert = "xxxx"
    key = "xxxx"
    insecureSkipVerify = false
`,
  yaml: `# Kept by the platform team
entryPoints:
  web:
    address: ":80"

api: {}

providers:
  docker:
    endpoint: "tcp://10.10.10.10:2375"
    exposedByDefault: true
    swarmMode: true

    TLS:
      ca: dockerCA
      cert: dockerCert
      key: dockerKey
      insecureSkipVerify: true
`,
  flags: [
    '--entryPoints.web.address=:80',
    '--api',
    '--providers.docker.endpoint=tcp://10.10.10.10:2375',
    '--providers.docker.exposedByDefault',
    '--providers.docker.swarmMode=true',
    '--providers.docker.TLS.ca=dockerCA',
    '--providers.docker.TLS.cert=dockerCert',
    '--providers.docker.TLS.key=dockerKey',
    '--providers.docker.TLS.insecureSkipVerify',
  ],
  anonymized: {
    entryPoints: { web: { address: ':80' } },
    api: {},
    providers: {
      docker: {
        endpoint: 'xxxx',
        exposedByDefault: true,
        swarmMode: true,
        tls: { ca: 'xxxx', cert: 'xxxx', key: 'xxxx', insecureSkipVerify: false },
      },
    },
  },
};
