import type { Alternative } from './alternatives.js';
import type { Layers } from './layers.js';
import type { Keywords } from './keywords.js';

/** Returns a text that is equal for equal sets of schemas, unless their order matters. */
export type LayerKeys = (layers: Layers) => string;

// If several schemas have one of these, the nearest wins.
const annotations = ['description', 'why', 'expires', 'default', 'title', 'format', 'pattern'];

/** Creates the function that makes keys; `alternativesOf` lists the schemas that a schema includes. */
export function createLayerKeys(alternativesOf: (schema: Keywords) => readonly Alternative[]): LayerKeys {
  const identities = new Map<object, number>();
  const carried = new Map<Keywords, readonly string[]>();

  function identify(schema: Keywords): number {
    let identity = identities.get(schema);
    if (identity === undefined) identities.set(schema, (identity = identities.size));
    return identity;
  }

  function annotationsOf(schema: Keywords): readonly string[] {
    let found = carried.get(schema);
    if (found === undefined) {
      const layers = alternativesOf(schema).flatMap(({ firm }) => firm);
      found = annotations.filter((keyword) => layers.some((layer) => keyword in layer));
      carried.set(schema, found);
    }
    return found;
  }

  function sorted(schemas: readonly Keywords[]): string {
    return schemas
      .map(identify)
      .sort((one, other) => one - other)
      .join();
  }

  return ({ firm, conditional }) => {
    const [only] = firm;
    const isSingle = firm.length === 1 && only !== undefined;
    const key = isSingle ? `${identify(only)}` : `${sorted(firm)}/${nearestOf(firm)}`;
    return conditional.length === 0 ? key : `${key}?${sorted(conditional)}`;
  };

  function nearestOf(schemas: readonly Keywords[]): string {
    const nearest = new Map<string, number>();
    for (const schema of schemas) {
      for (const keyword of annotationsOf(schema)) {
        if (!nearest.has(keyword)) nearest.set(keyword, identify(schema));
      }
    }
    return annotations.map((keyword) => nearest.get(keyword) ?? '').join();
  }
}
