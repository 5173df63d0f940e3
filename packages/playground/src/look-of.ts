import { findSecrets } from '@candor/anonymizer';
import type { Json } from '@candor/schema';

/** Returns what scrubbing found in a text, such as "an e-mail address and a URL"; undefined if it found nothing. */
export function lookOf(text: Json | undefined): string | undefined {
  if (typeof text !== 'string') return undefined;
  const found = findSecrets(text, { addresses: true, personal: true });
  const names = [...new Set(found.map(({ rule }) => nameOf(rule)))];
  if (names.length < 2) return names[0];
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Returns the name of a rule's findings, by the first part of the rule. */
export function nameOf(rule: string): string {
  return names[rule.split(':')[0] ?? ''] ?? 'a secret';
}

const names: Readonly<Record<string, string>> = {
  '@account': 'a user name',
  '@card': 'a payment card',
  '@cloud': 'an account of a cloud',
  '@credentials': 'credentials',
  '@directory': 'a name in a directory',
  '@domain': 'a domain',
  '@email': 'an e-mail address',
  '@hash': 'a stored password',
  '@host': 'a host',
  '@iban': 'a bank account',
  '@id': 'an identity number',
  '@ip': 'an IP address',
  '@mac': 'a hardware address',
  '@path': 'a path of a person or machine',
  '@pem': 'a key',
  '@phone': 'a phone number',
  '@text': 'something secret',
  '@token': 'a token',
  '@url': 'a URL',
  '@uuid': 'a UUID',
};
