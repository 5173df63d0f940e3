import { randomInt } from 'node:crypto';
import { type PublicArchive, type Query, defaultPublicRules, publishWeeks } from '@candor/dashboard';
import { dayOf } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import type { Settings } from '../settings/read-settings.js';
import { questionsOf } from '../products.js';

/** What the publisher needs. */
export interface PublisherContext {
  readonly settings: Pick<Settings, 'products'>;
  readonly archive: PublicArchive;
  /** Returns the field lists that reports of a product are held against. */
  readonly fieldLists: (product: string) => readonly FieldList[];
  readonly query: Query;
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
}

const hour = 3_600_000;

/** Publishes closed weeks of the public products, now and every hour; returns a function that ends this. */
export function startPublisher(context: PublisherContext): () => void {
  const { settings, archive, fieldLists, query, clock, onError } = context;
  const publish = async (): Promise<void> => {
    for (const [product, known] of Object.entries(settings.products)) {
      if (!known.public) continue;
      await publishWeeks(product, {
        query,
        archive,
        questions: questionsOf(known),
        fieldLists: fieldLists(product),
        rules: defaultPublicRules,
        random: randomInt,
        today: dayOf(clock()),
      });
    }
  };
  const run = (): void => void publish().catch(onError);
  run();
  const timer = setInterval(run, hour).unref();
  return () => clearInterval(timer);
}

/** Returns the products whose numbers are public. */
export function publicProducts({ products }: Pick<Settings, 'products'>): string[] {
  return Object.entries(products).flatMap(([product, known]) => (known.public ? [product] : []));
}
