import { addDays, type CountPeriod, firstDayOf } from '@candor/protocol';
import type { FieldList } from '@candor/schema';
import { type Counts, createCounts, type Query } from '../counts/counts.js';
import { factsOf, memberName, parentOf } from '../counts/facts.js';
import type { Question } from '../product-info.js';
import type { PublicArchive } from './archive.js';
import type { RandomInteger } from './noise.js';
import { type PublicRules, publish, type TrueTable } from './table.js';

/** What publishing needs. */
export interface PublishContext {
  readonly query: Query;
  readonly archive: PublicArchive;
  readonly questions: readonly Question[];
  /** The field lists that reports of the product are held against: they declare the rows of each question. */
  readonly fieldLists: readonly FieldList[];
  readonly rules: PublicRules;
  readonly random: RandomInteger;
  /** The present day. */
  readonly today: string;
}

/** How many days after the end of a week it is published, so that late reports are included. */
const settledAfter = 4;
/** The store's name for versions that do not count by their name: a row of it would reveal how many there are. */
const otherName = 'other';

/** Publishes every week that is over and not in the archive yet. Rejects with `ERR_QUERY`. */
export async function publishWeeks(product: string, context: PublishContext): Promise<void> {
  const { archive, today } = context;
  const counts = createCounts(context.query);
  const known = (await counts.products()).find((one) => one.product === product);
  if (known === undefined) return;
  const done = await archive.read(product);
  const end = addDays(firstDayOf('week', addDays(today, -settledAfter)), -1);
  const pending = weeksOf(known.firstDay, end).filter((firstDay) => !done.has(firstDay));
  for (const firstDay of pending) {
    const truth = await truthOf(product, firstDay, counts, context);
    const week = truth === undefined ? undefined : publish(truth, context.rules, context.random);
    await archive.write(product, firstDay, week ?? null);
  }
}

function weeksOf(from: string, to: string): string[] {
  const weeks: string[] = [];
  // The week of the first report is not complete.
  for (
    let day = addDays(firstDayOf('week', addDays(from, -1)), 7);
    addDays(day, 6) <= to;
    day = addDays(day, 7)
  ) {
    weeks.push(day);
  }
  return weeks;
}

async function truthOf(
  product: string,
  firstDay: string,
  counts: Counts,
  { questions, fieldLists }: Pick<PublishContext, 'questions' | 'fieldLists'>,
): Promise<{ firstDay: string; installations: number; tables: TrueTable[] } | undefined> {
  const range = {
    product,
    from: firstDay,
    to: addDays(firstDay, 6),
    period: 'week',
    unit: 'installations',
  } as const;
  const [versions, ...answers] = await Promise.all([
    counts.count({ ...range, by: 'version' }),
    ...questions.map(({ path }) => counts.count({ ...range, by: 'path', path })),
  ]);
  const week = versions.periods[0];
  if (week === undefined) return undefined;
  return {
    firstDay,
    installations: week.total,
    tables: [
      { title: 'Versions', rowsOfOne: 1, rows: versionRows(week) },
      ...questions.map(({ path, title = path }, at) => {
        const members = membersOf(path, fieldLists);
        const rows = memberRows(answers[at]?.periods[0], members);
        return { title, rowsOfOne: members.size, rows };
      }),
    ],
  };
}

function versionRows({ counts }: CountPeriod): { name: string; count: number }[] {
  return counts.flatMap((count) =>
    'version' in count && count.version !== otherName ? [{ name: count.version, count: count.count }] : [],
  );
}

/** The paths of a section's members. They are declared, so that neither their number nor their names come from reports. */
function membersOf(section: string, lists: readonly FieldList[]): ReadonlySet<string> {
  const paths = lists.flatMap(({ fields }) => fields.map(({ path }) => path));
  return new Set(paths.filter((path) => parentOf(path) === section));
}

function memberRows(
  period: CountPeriod | undefined,
  members: ReadonlySet<string>,
): { name: string; count: number }[] {
  if (period === undefined) return [];
  return factsOf({ periods: [period] })
    .filter(({ path, value }) => value === true && members.has(path))
    .map(({ path, counts }) => ({ name: memberName(path), count: counts[0] ?? 0 }));
}
