// Parts of undici by their own files. Its main file puts an agent of its own on `globalThis`, where the host's
// `fetch` would use it, and takes three times as long to load. The version is pinned for this.

declare module 'undici/lib/api/api-connect.js' {
  import type { Pool } from 'undici';
  const connect: Pool['connect'];
  export default connect;
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici';
  function request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
  export default request;
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}

declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
  export { EnvHttpProxyAgent as default } from 'undici';
}

declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
