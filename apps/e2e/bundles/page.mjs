// What a page does that anonymizes in the browser, as a bundler sees it.
import { createAnonymizer, findSecrets } from '@candor/anonymizer';
import { ConfigError, load, render } from '@candor/config';
import { fields, parseFieldList } from '@candor/schema';
import { lint } from '@candor/schema/lint';
import { sample } from '@candor/schema/sample';

/** Everything that the packages make of a schema and configurations of each format, as plain data. */
export async function use(schema, texts) {
  const anonymizer = createAnonymizer(schema);
  const list = fields(schema);
  const results = [];
  for (const text of texts) {
    const loaded = load({ schema, text, unknownKeys: 'warn' });
    const remarks = anonymizer.explain(loaded.written);
    const anonymized = await anonymizer.anonymizeAsync(loaded.written);
    results.push({
      written: loaded.written,
      shown: render(loaded, remarks),
      remarks,
      anonymized,
      quick: anonymizer.anonymize(loaded.written),
      verified: anonymizer.verify(anonymized),
    });
  }
  return {
    results,
    list: parseFieldList(JSON.parse(JSON.stringify(list))).digest,
    lint: lint(schema).length,
    sample: Object.keys(sample(schema)),
    secrets: findSecrets('someone@example.org at 10.1.2.3'),
    failures: [
      failure(() => load({ schema, text: { format: 'toml', text: 'a = ' } })),
      failure(() => load({ schema, text: { format: 'yaml', text: 'a: !!binary "?"' } })),
      failure(() => load({ schema, text: { format: 'json', text: `"${'x'.repeat(2 ** 20)}"` } })),
    ],
    file: failure(() => load({ schema, file: 'missing.toml' })),
  };
}

function failure(attempt) {
  try {
    attempt();
    return 'none';
  } catch (error) {
    return error instanceof ConfigError ? error.issues.map(({ message }) => message) : String(error);
  }
}

globalThis.candor = { use };
