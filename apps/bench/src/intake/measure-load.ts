// Posts reports to a port for some seconds, each with an id of its own, over connections that stay or over one for each report.
// Prints how many were answered with 202 and how long each took, in milliseconds. Any other answer ends it.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';
import { reportBody } from './report-body.js';

const [port, seconds, connections, each] = process.argv.slice(2).map(Number) as [
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
const end = performance.now() + seconds * 1000;
const latencies: number[] = [];

async function post(socket: Socket, request: Buffer): Promise<void> {
  request.write(randomBytes(32).toString('hex'), requestHead.length + idAt, idLength, 'latin1');
  const start = performance.now();
  socket.write(request);
  let answer = '';
  while (!isWhole(answer)) answer += String(((await once(socket, 'data')) as [Buffer])[0]);
  if (!answer.startsWith('HTTP/1.1 202')) throw new Error(`answered ${answer.slice(0, 12)}`);
  latencies.push(performance.now() - start);
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
  while (performance.now() < end) {
    if (socket === undefined || each === 1) {
      socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
    }
    await post(socket, request);
    if (each === 1) socket.destroy();
  }
  socket?.destroy();
}

await Promise.all(Array.from({ length: connections }, sender));
process.stdout.write(JSON.stringify(latencies.map((value) => Math.round(value * 100) / 100)));
