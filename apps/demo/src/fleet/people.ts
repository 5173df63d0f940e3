import type { Dice } from './dice.js';

/** Names and secrets of invented people and companies, which a report must not contain. */
export interface Owner {
  readonly domain: string;
  readonly email: string;
  readonly privateAddress: string;
  secret(): string;
}

const companies = [
  'harbour-foods',
  'northwind-labs',
  'atelier-roux',
  'kestrel-bank',
  'maple-clinic',
  'blue-quarry',
] as const;
const families = ['lindqvist', 'okafor', 'moreau', 'tanaka', 'castellano', 'novak'] as const;
const firstNames = ['ada', 'jonas', 'mina', 'pavel', 'ruth', 'samir'] as const;
const endings = ['com', 'net', 'org', 'io', 'dev', 'fr', 'de'] as const;

/** Invents the owner of an installation. */
export function inventOwner(dice: Dice): Owner {
  const name = dice.happens(0.5) ? dice.any(companies) : dice.any(families);
  const domain = `${name}${dice.whole(1, 99)}.${dice.any(endings)}`;
  return {
    domain,
    email: `${dice.any(firstNames)}@${domain}`,
    privateAddress: `10.${dice.whole(0, 255)}.${dice.whole(0, 255)}.${dice.whole(1, 254)}`,
    secret: () =>
      Array.from({ length: 6 }, () => dice.whole(0, 0xffff).toString(16).padStart(4, '0')).join(''),
  };
}
