import { lookup as systemLookup, promises, type LookupAddress } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';

const systemHosts =
  process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';

// With these codes no server answered in time; the system's own lookup would only wait again, and longer.
const silent = ['ETIMEOUT', 'ESERVFAIL', 'ECANCELLED'];

/**
 * Creates a name lookup that ends with its thread. The system's own (`getaddrinfo`) cannot be aborted: a process that
 * exits while no name server answers waits for it, ten seconds and more. So it reads the hosts file first, as
 * everywhere (it may name or block a collector), then asks the name servers directly; it uses the system's lookup only
 * if they do not know the name, since that has further sources.
 */
export function createLookup(hostsFile: string = systemHosts, servers?: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    callbackify(find)(hostname, (error, found) => {
      const [first] = found ?? [];
      if (error !== null) callback(error, '');
      else if (options.all === true || first === undefined) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };

  async function find(hostname: string): Promise<LookupAddress[]> {
    const local = addressesOf(hostname, await readHosts(hostsFile));
    if (local.length > 0) return local;
    const resolver = new promises.Resolver({ timeout: 2000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = answers.flatMap((answer, index) =>
      answer.status === 'fulfilled'
        ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
        : [],
    );
    if (found.length > 0) return found;
    for (const answer of answers) {
      if (answer.status === 'rejected' && silent.includes((answer.reason as { code: string }).code)) {
        throw answer.reason;
      }
    }
    return new Promise((resolve, reject) => {
      systemLookup(hostname, { all: true }, (error, found) =>
        error === null ? resolve(found) : reject(error),
      );
    });
  }
}

async function readHosts(file: string): Promise<string> {
  // Without a readable hosts file there are no names in it.
  return readFile(file, 'utf8').catch(() => '');
}

function addressesOf(hostname: string, hosts: string): LookupAddress[] {
  return hosts.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    return names.includes(hostname.toLowerCase()) ? [{ address, family: isIP(address) }] : [];
  });
}
