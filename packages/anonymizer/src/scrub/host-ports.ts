import { maskedText } from '@candor/schema';
import { spend } from './budget.js';
import { kind } from './characters.js';
import { unicode } from './lazy.js';
import { after, is, type Detector, type Scan } from './scan.js';
import { hostTailEnd, userStart } from './urls.js';

const isAscii = /^[\0-\x7f]*$/;
const letter = unicode(String.raw`\p{L}`);
// Well-known ports: before one of these a name is a host, even in a field that is not for addresses.
const knownPorts = new Set(
  (
    '21 22 25 53 80 110 123 143 161 179 389 443 445 465 514 587 636 853 873 993 995 1080 1194 1433 1521 1883 2049 2181 ' +
    '2375 2376 2377 2379 2380 3000 3128 3268 3306 3389 4222 4317 4318 4369 4646 5000 5044 5060 5222 5432 5433 5601 5671 ' +
    '5672 5900 5984 6379 6380 6381 6443 6650 6831 7000 7474 7687 7946 8000 8001 8008 8080 8081 8082 8086 8088 8089 8090 ' +
    '8125 8126 8200 8300 8301 8333 8400 8443 8500 8501 8600 8848 8888 8889 8983 9000 9001 9042 9080 9090 9091 9092 9093 ' +
    '9094 9100 9117 9121 9160 9200 9300 9411 9418 9443 9600 9876 9998 9999 10000 10250 11211 11434 12201 14250 14268 ' +
    '15672 16379 19530 25565 26257 26379 27017 27018 27019 28015 33060 50051 50070 55679 61613 61616'
  ).split(' '),
);
// Names of settings with a number, and of files with a line number.
const noHost =
  /^(?:localhost|.*(?:port|ports|timeout|size|limit|max|min|count|line|width|height|length|seconds|ms|retries|level|id|version|year|code|status|error|total|interval|weight|priority|delay|ttl|bytes|memory|cpu))$/i;

/** `host:6379` in a field for addresses; looked for at the colon. */
export const bareHosts: Detector = (scan, colon, floor) => hostPort(scan, colon, floor, () => true);

/** `redis:6379` if the port, or the name, shows that it is an address; looked for at the colon. */
export const servicePorts: Detector = (scan, colon, floor) =>
  hostPort(
    scan,
    colon,
    floor,
    (name, port) =>
      !noHost.test(name) &&
      !/^[\d.]|\.[a-z]{1,4}$/i.test(name) &&
      (knownPorts.has(port) ||
        (/^[a-z]+(?:[-_][a-z\d]+)*-?\d*$/i.test(name) && /[-_\d]/.test(name) && port.length >= 4)),
  );

/** Returns true for names that reveal nothing: the machine's own, and masked ones. */
function isOwn(name: string): boolean {
  return name === 'localhost' || name === maskedText;
}

function hostPort(
  scan: Scan,
  colon: number,
  floor: number,
  isHost: (name: string, port: string) => boolean,
): number {
  const portEnd = after(scan, colon + 1, kind.digit, colon + 7);
  if (portEnd === colon + 1 || portEnd > colon + 6 || is(scan, portEnd, kind.word)) return floor;
  if (scan.text[portEnd] === '.' && is(scan, portEnd + 1, kind.digit)) return floor;
  let start = colon;
  while (start > floor && is(scan, start - 1, kind.host)) start -= 1;
  spend(scan.work, colon - start + 1);
  const name = scan.text.slice(start, colon);
  if (!(isAscii.test(name) ? /[a-z]/i : letter()).test(name) || isOwn(name)) return floor;
  if (!isHost(name, scan.text.slice(colon + 1, portEnd))) return floor;
  return scan.report(userStart(scan, start), hostTailEnd(scan, colon), '@host:port');
}
