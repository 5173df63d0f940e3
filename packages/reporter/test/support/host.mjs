// A host program with the built reporter in it; its one argument says in JSON what to do (see host.ts).
import { createHook } from 'node:async_hooks';
import cluster from 'node:cluster';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import fs, { writeSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';
import { isMainThread, Worker } from 'node:worker_threads';
import { createReporter } from '@candor/reporter';

const task = JSON.parse(process.argv[2]);
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

let steps = 0;
/** Names of all that was opened: files, sockets, timers, threads. */
const opened = new Set();

async function run() {
  if (task.uid !== undefined && process.getuid() === 0) process.setuid(task.uid);
  const open = setInterval(() => {}, 60_000);
  process.stdin.once('data', () => {
    // The host's own work ends here; it does not stop the reporter.
    clearInterval(open);
    process.stdin.destroy();
    say({ type: 'finished', at: Date.now() });
  });
  if (task.deafResolver) await listenAsDeafResolver();
  const before = surroundings();
  process.on('exit', () => say({ type: 'exit', before, after: surroundings() }));
  if (task.watch) watch();
  createHook({ init: onStep }).enable();

  const reporter = createReporter({
    product: 'gateway',
    version: '1.2.3',
    endpoint: task.endpoint,
    consent: task.consent ?? 'on',
    fields: { digest: 'f'.repeat(64), fields: [{ path: 'api', exportedAs: 'as it is' }] },
    buildContent: ({ key, comparisonKey }) => ({
      configuration: {},
      hash: Buffer.from(key).toString('hex').slice(0, 32),
      comparison: Buffer.from(comparisonKey).toString('hex'),
    }),
    env: task.env ?? {},
    ca: task.ca,
    ...(task.inline && { transport: await inlineTransport() }),
    state: task.store === undefined ? task.directory : sharedStore(task.store),
    schedule: { first: 1 },
    timeouts: task.timeouts,
  });
  reporter.subscribe((event) => {
    say(event);
    if (event.type !== 'scheduled' || event.at < Date.now() + 60_000) return;
    say({ type: 'done', steps });
    if (task.untilDone) process.exit();
  });
  await reporter.start();
  reporter.markFeatureUsed('sso');
  if (!task.watch) return;
  await reporter.stop();
  say({ type: 'watched', opened: [...opened] });
}

/** Takes the questions to this machine's name server, and answers none. */
async function listenAsDeafResolver() {
  const socket = createSocket('udp4');
  socket.on('message', () => say({ type: 'asked' }));
  await new Promise((resolve) => socket.bind(53, '127.0.0.1', resolve));
  socket.unref();
}

function onStep(_id, type) {
  if (!['PROMISE', 'TickObject', 'Microtask', 'Immediate'].includes(type)) opened.add(type);
  steps += 1;
  if (steps === task.killAt) process.kill(process.pid, 'SIGKILL');
}

function watch() {
  for (const [name, call] of Object.entries(fs)) {
    if (typeof call !== 'function' || !name.endsWith('Sync') || name === 'writeSync') continue;
    fs[name] = (...args) => {
      opened.add(name);
      return call(...args);
    };
  }
  syncBuiltinESMExports();
}

/** The transport as it is where a bundler left no worker file. */
async function inlineTransport() {
  const file = new URL('../../dist/transport/worker-transport.js', import.meta.url);
  return (await import(file)).createWorkerTransport({
    file: () => new URL('nowhere.js', import.meta.url),
  });
}

/** Numbers for things, so that another in the same place shows. */
const identities = new Map();
function identityOf(thing) {
  if (!identities.has(thing)) identities.set(thing, identities.size);
  return identities.get(thing);
}

/** What a guest leaves as it was. */
function surroundings() {
  const names = Object.getOwnPropertyNames(globalThis);
  // Node loads some of its globals when they are first read.
  for (const name of names) void globalThis[name];
  const globals = names.map((name) => [name, identityOf(globalThis[name])]);
  const agents = [http.globalAgent, https.globalAgent].map((agent) => [
    identityOf(agent),
    { ...agent.options },
  ]);
  return {
    globals: Object.fromEntries(globals),
    symbols: Object.getOwnPropertySymbols(globalThis).map(String),
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    agents,
    resolver: [dns.getServers(), dns.getDefaultResultOrder()],
    tls: [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_CIPHERS],
    environment: { ...process.env },
    directory: process.cwd(),
    mask: isMainThread && process.umask(),
  };
}

function sharedStore(url) {
  const ask = async (body) => (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json();
  return {
    read: async () => (await ask({})).text,
    compareAndSet: async (expected, next) => (await ask({ expected, next })).done,
  };
}

if (task.workers !== undefined && cluster.isPrimary) {
  for (let worker = 0; worker < task.workers; worker += 1) cluster.fork();
  process.stdin.once('data', () => process.exit());
} else if (task.thread && isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { argv: [process.argv[2]] });
  process.stdin.once('data', () => void worker.terminate().then(() => process.exit()));
} else {
  await run();
}
