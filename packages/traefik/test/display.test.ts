import { createAnonymizer } from '@candor/anonymizer';
import { ConfigError, load, render } from '@candor/config';
import type { Loaded } from '@candor/config';
import { fieldTree } from '@candor/schema';
import type { SchemaNode } from '@candor/schema';
import { expect, it } from 'vitest';
import { traefikRules } from '../src/index.js';
import { ownCases, versions } from './support/cases.js';
import { sourceOf } from './support/loading.js';
import type { LoadingCase } from './support/loading.js';
import { plantedIn, plantedKinds } from './support/planted.js';

it.each(versions)('shows nothing of what is planted in a configuration of $name', (version) => {
  const place = fieldTree(version.corrected);
  const anonymizer = createAnonymizer(place);
  const formats = new Set<string>();
  let planted = 0;
  for (const one of ownCases(version, 'generated')) {
    const loaded = loadedOf(place, one);
    if (loaded === undefined) continue;
    formats.add(one.format);
    const shown = render(loaded, anonymizer.explain(loaded.written));
    for (const [kind, shape] of Object.entries(plantedKinds)) {
      for (const text of plantedIn(loaded.written, JSON.stringify(one), shape)) {
        planted += 1;
        expect(shown.includes(text), `${one.id}: ${kind}`).toBe(false);
      }
    }
  }
  expect(planted).toBeGreaterThan(500);
  expect([...formats].toSorted()).toEqual(['env', 'flags', 'json', 'toml', 'yaml']);
});

/** Undefined for the few that ours refuses and the program takes. */
function loadedOf(schema: SchemaNode, one: LoadingCase): Loaded | undefined {
  const source = sourceOf(one);
  try {
    return load({ schema, ...traefikRules, ...('text' in source ? { text: source } : source) });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
