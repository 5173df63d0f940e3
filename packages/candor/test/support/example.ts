/** The configuration of Traefik's page on data collection, and what the page says is left of it. */
export const example = {
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
  /** In the schema's spelling. */
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
} as const;
