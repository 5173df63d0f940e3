import { compileForms, fieldTree, type Json, type Place, type SchemaSource } from '@candor/schema';
import { createFormVerifier, type Verify } from './create-verifier.js';
import { readDenials, unmatchedDenials } from './deny.js';
import { rename } from './rename.js';
import { remarks, render, type Remark } from './render.js';
import { snapshot } from './snapshot.js';
import { trace } from './trace/trace.js';
import type { TraceNode } from './trace/trace-node.js';

/** Options of `createAnonymizer`. */
export interface AnonymizerOptions {
  /** Places that this installation does not export: dotted paths, `*` for any one segment (`providers.*`). */
  readonly deny?: readonly string[];
}

/** A schema compiled for anonymizing. Its functions never throw on a value, whatever the value is. */
export interface Anonymizer {
  /** Returns the anonymized copy; `{}` where nothing may leave. The input is neither changed nor shared. */
  readonly anonymize: (config: unknown) => Json;
  /** Lists what happens to each path of the input, in its order; for the operator's eyes, since paths name keys. */
  readonly explain: (config: unknown) => Remark[];
  /** Removes what anonymizing by this schema cannot have made. */
  readonly verify: Verify;
  /** Deny patterns that match no place of the schema: most likely misspelled. */
  readonly unmatchedDeny: readonly string[];
}

/** Compiles a tagged schema. Throws a `SchemaError` where the source has no JSON Schema. */
export function createAnonymizer(source: SchemaSource | Place, options: AnonymizerOptions = {}): Anonymizer {
  const { deny = [] } = options;
  const root = fieldTree(source);
  const denials = readDenials(deny);
  const run = (config: unknown): TraceNode => {
    const node = trace(root, snapshot(config), denials);
    rename(node);
    return node;
  };
  return {
    anonymize: (config) => {
      const node = run(config);
      return node.outcome.action === 'omitted' ? {} : render(node);
    },
    explain: (config) => remarks(run(config)),
    verify: createFormVerifier(compileForms(root)),
    unmatchedDeny: unmatchedDenials(deny, root),
  };
}
