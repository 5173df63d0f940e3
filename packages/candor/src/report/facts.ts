import { factsKey } from '@candor/protocol';
import type { SchemaNode } from '@candor/schema';
import type { Warnings } from '../warnings.js';

/** Facts beside the configuration, of one host. */
export interface Facts {
  /** Keeps facts for the reports to come. Never throws. */
  set(given: unknown): void;
  /** The facts of one report: what the host returns now, and above that what it has set. Never rejects. */
  read(): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Creates the facts of one host; `pull` returns the present ones. */
export function createFacts(node: SchemaNode, pull: (() => unknown) | undefined, warnings: Warnings): Facts {
  const declared = node.properties.get(factsKey)?.properties;
  let kept: Readonly<Record<string, unknown>> | undefined;

  /** A copy of what a host gave; undefined, with a warning, where that is nothing that can be read. */
  function read(given: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
    try {
      const facts = { ...(given as Readonly<Record<string, unknown>>) };
      if (Object.keys(given as object).some((key) => declared?.has(key) !== true)) {
        warnings.warn('WARN_FACTS', `${name}: facts that their schema does not declare are left out`);
      }
      return facts;
    } catch {
      // A getter of the host threw; what it threw may quote anything.
      warnings.warn('WARN_FACTS', `${name}: expected facts that can be read`);
      return undefined;
    }
  }

  return {
    set(given): void {
      const facts = read(given, 'setFacts');
      if (facts !== undefined) kept = { ...kept, ...facts };
    },
    async read() {
      if (pull === undefined) return kept;
      try {
        return { ...read(await pull(), 'facts'), ...kept };
      } catch {
        warnings.warn('WARN_FACTS', 'facts() threw: the report goes without what it returns');
        return kept;
      }
    },
  };
}
