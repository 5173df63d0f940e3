import { addDays, dayOf } from '@candor/protocol';
import type { Storage } from '@candor/storage';

/** Milliseconds that a clock which has leapt ahead must keep its word before anything expires by it. */
const probation = 86_400_000;

/** Rolls up closed days and lets old rows expire. */
export type Maintain = () => Promise<void>;

/**
 * Creates the maintenance of a store; `retention` is in days.
 *
 * What has expired is gone for good, so a clock that suddenly shows a later day than the one after the newest that
 * is stored is not believed at once: nothing expires by it until it has run on for a day.
 */
export function createMaintenance(storage: Storage, retention: number, clock: () => number): Maintain {
  let believed: string | undefined;
  let doubtedSince: number | undefined;
  const dayToExpireBy = async (now: number): Promise<string> => {
    const today = dayOf(now);
    believed ??= await newestDay(storage, today);
    if (today <= addDays(believed, 1)) doubtedSince = undefined;
    else doubtedSince ??= now;
    if (doubtedSince === undefined || now - doubtedSince >= probation) believed = today;
    return believed;
  };
  return async () => {
    const now = clock();
    const day = await dayToExpireBy(now);
    await storage.rollUp(dayOf(now));
    await storage.expire(addDays(day, -retention));
  };
}

async function newestDay(storage: Storage, today: string): Promise<string> {
  const days = (await storage.products()).map(({ lastDay }) => lastDay).filter((day) => day <= today);
  return days.toSorted().at(-1) ?? today;
}
