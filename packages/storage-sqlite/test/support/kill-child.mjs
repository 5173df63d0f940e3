import { createSqliteStorage } from '@candor/storage-sqlite';
import { sampleContent, sampleDay, sampleFact, sampleRecord } from '@candor/storage/conformance';

// Opens a store and, given days, fills them with reports while those before are rolled up and expire. Prints a line for
// each batch that it begins (`sends FIRST DAY`) and each that is durable (`stored FIRST`), and for each roll-up.
const [path, from, to] = process.argv.slice(2);
const batchSize = 40;
const storage = await createSqliteStorage({ path });
console.log('open');
for (let day = Number(from); day < Number(to); day += 1) {
  console.log(`maintains ${day}`);
  const maintained = storage.maintain({ today: sampleDay(day), retention: 5 });
  for (let batch = 0; batch < 8; batch += 1) {
    const first = day * 1_000 + batch * batchSize;
    console.log(`sends ${first} ${day}`);
    await storage.append(
      Array.from({ length: batchSize }, (_, at) =>
        sampleRecord(first + at, day, {
          content: sampleContent([sampleFact('port', at % 7, true), sampleFact('docker', batch % 2 === 0)]),
        }),
      ),
    );
    console.log(`stored ${first}`);
  }
  await maintained;
}
await storage.close();
console.log('closed');
