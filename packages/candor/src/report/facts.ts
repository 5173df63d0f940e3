import { factsKey } from '@candor/protocol';
import type { SchemaNode } from '@candor/schema';
import type { Warnings } from '../warnings.js';

/** The facts of one host, beside the configuration. */
export interface Facts {
  /** Keeps facts for later reports. Never throws. */
  set(given: unknown): void;
  /**
   * Resolves to the facts of one report: those that the host returns now, replaced by those that it has set. Never
   * rejects.
   */
  read(): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Creates the facts of one host; `pull` returns the present ones. */
export function createFacts(node: SchemaNode, pull: (() => unknown) | undefined, warnings: Warnings): Facts {
  const declared = node.properties.get(factsKey)?.properties;
  let kept: Readonly<Record<string, unknown>> | undefined;

  /** Returns a copy of a host's facts; undefined, with a warning, if they cannot be read. */
  function read(given: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
    try {
      const facts = { ...(given as Readonly<Record<string, unknown>>) };
      if (Object.keys(given as object).some((key) => declared?.has(key) !== true)) {
        warnings.warn('WARN_FACTS', `${name}: facts that their schema does not declare are left out`);
      }
      return facts;
    } catch {
      // A getter of the host threw; its error may quote a value.
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
