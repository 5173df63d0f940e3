/** What the environment says about proxies. */
export interface ProxySettings {
  readonly http: string;
  readonly https: string;
  /** For both, where there is none of its own. */
  readonly all: string;
  /** Hosts that are asked directly. */
  readonly no: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the proxies from environment variables; the lower-case spelling wins, as in curl. */
export function proxySettings(env: Environment): ProxySettings {
  const read = (name: string): string => (env[name] ?? env[name.toUpperCase()] ?? '').trim();
  return {
    http: read('http_proxy'),
    https: read('https_proxy'),
    all: read('all_proxy'),
    no: read('no_proxy'),
  };
}
