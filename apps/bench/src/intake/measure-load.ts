// Posts reports to a port for some seconds, each with an id of its own, over connections that stay or over one for each report.
// With a rate, in reports a second, each has a moment at which it is due, and is timed from then on; else a sender posts the next
// one as soon as one was answered. Before a rate begins, there is a second without one that is not counted: while this code is
// compiled, reports would wait that the server has not kept waiting. Prints how long each took, in milliseconds. Any answer but
// 202 ends it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { reportBody } from './report-body.js';

const [port, seconds, connections, each, rate] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
  number,
];
const idLength = 64;
const body = Buffer.from(reportBody());
const idAt = body.indexOf('"id":"') + '"id":"'.length;
const head = `POST /v1/reports HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n`;
const requestHead = Buffer.from(each === 1 ? `${head}connection: close\r\n\r\n` : `${head}\r\n`);
const begin = performance.now() + (rate === 0 ? 0 : 1000);
const end = begin + seconds * 1000;
const latencies: number[] = [];
let taken = 0;

/** Resolves to when the next report is due, once it is. */
async function due(): Promise<number> {
  const now = performance.now();
  if (rate === 0 || now < begin) return now;
  const at = begin + (taken++ * 1000) / rate;
  const wait = at - performance.now();
  if (wait > 0) await pause(wait);
  return at;
}

async function post(socket: Socket, request: Buffer, start: number): Promise<void> {
  request.write(randomBytes(32).toString('hex'), requestHead.length + idAt, idLength, 'latin1');
  socket.write(request);
  let answer = '';
  while (!isWhole(answer)) answer += String(((await once(socket, 'data')) as [Buffer])[0]);
  if (!answer.startsWith('HTTP/1.1 202')) throw new Error(`answered ${answer.slice(0, 12)}`);
  if (start >= begin) latencies.push(performance.now() - start);
}

/** Returns true if all of an answer is there: its head, and as many bytes as that says, or its last chunk. */
function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd === -1) return false;
  const length = /content-length: (\d+)/i.exec(answer.slice(0, headEnd))?.[1];
  return length === undefined
    ? answer.endsWith('\r\n0\r\n\r\n')
    : answer.length >= headEnd + 4 + Number(length);
}

async function sender(): Promise<void> {
  const request = Buffer.concat([requestHead, body]);
  let socket: Socket | undefined;
  for (let start = await due(); start < end; start = await due()) {
    if (socket === undefined || each === 1) {
      socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
    }
    await post(socket, request, start);
    if (each === 1) socket.destroy();
  }
  socket?.destroy();
}

await Promise.all(Array.from({ length: connections }, sender));
process.stdout.write(JSON.stringify(latencies.map((value) => Math.round(value * 100) / 100)));
