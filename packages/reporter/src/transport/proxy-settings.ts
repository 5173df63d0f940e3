/** The proxy settings of the environment. */
export interface ProxySettings {
  readonly http: string;
  readonly https: string;
  /** For both protocols, if they have no proxy of their own. */
  readonly all: string;
  /** Hosts that are connected to directly. */
  readonly no: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the proxy settings of environment variables; the lower-case spelling wins, as in curl. */
export function proxySettings(env: Environment): ProxySettings {
  const read = (name: string): string => (env[name] ?? env[name.toUpperCase()] ?? '').trim();
  return {
    http: read('http_proxy'),
    https: read('https_proxy'),
    all: read('all_proxy'),
    no: read('no_proxy'),
  };
}
