import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

// The HTTP interface of ClickHouse over the engine in this process, as far as its client needs it; see
// https://clickhouse.com/docs/interfaces/http. Arguments: the folder that has chdb installed, the data directory.
const [, , installed, data] = process.argv;
const { Session } = createRequire(`${installed}/package.json`)('chdb');
const session = new Session(data);

const own = new Set(['query', 'database', 'query_id', 'session_id', 'default_format', 'replicated']);
const literal = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

// The one session remembers settings; each statement has its own, of which the client repeats most.
const set = new Map();
function assign(name, value, statement) {
  if (set.get(name) === value) return;
  session.query(statement);
  set.set(name, value);
}

function answer(search, body) {
  const database = search.get('database') ?? 'default';
  assign('database', database, `USE ${database}`);
  for (const name of set.keys()) {
    if (name === 'database' || name.startsWith('param_') || search.has(name)) continue;
    session.query(`SET ${name} = DEFAULT`);
    set.delete(name);
  }
  for (const [name, value] of search) {
    if (!own.has(name)) assign(name, value, `SET ${name} = ${literal(value)}`);
  }
  const query = search.get('query');
  const text = query === null ? body : body === '' ? query : `${query}\n${body}`;
  return session.query(alone(text, search.has('replicated')), 'TabSeparated');
}

// In one process there is no Keeper, which replicas and statements for a whole cluster need. This server is all of the
// cluster `main`, so what it does alone is the same.
function alone(text, replicated) {
  const here = text.replaceAll(' ON CLUSTER main', '');
  if (replicated) return here;
  return here.replaceAll(/\bReplicated(\w*MergeTree)\('[^']*', '[^']*'(?:, )?/g, '$1(');
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/ping') return response.end('Ok.\n');
    const bytes = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
    try {
      response.end(answer(url.searchParams, body.toString()));
    } catch (error) {
      const code = /Code: (\d+)/.exec(error.message)?.[1] ?? '0';
      response.writeHead(500, { 'x-clickhouse-exception-code': code });
      response.end(error.message.startsWith('Code') ? error.message : `Code: ${code}. ${error.message}`);
    }
    if (process.env.CANDOR_LOG_SQL) console.error(url.searchParams.get('query') ?? body.toString());
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
