// Parts of undici by their own files. Its main file puts an agent of its own on `globalThis`, where the host's
// `fetch` would use it, and takes three times as long to load. The version is pinned for this.

declare module 'undici/lib/api/api-connect.js' {
  import type { Dispatcher, Pool } from 'undici';
  function connect(this: Pool, options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
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

declare module 'undici/lib/dispatcher/proxy-agent.js' {
  export { ProxyAgent as default } from 'undici';
}

declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
