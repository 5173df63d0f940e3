import {
  compileOutputSchema,
  fieldTree,
  type Json,
  type SchemaNode,
  type SchemaSource,
} from '@candor/schema';
import type { Steps } from './apply/apply-tags.js';
import { isInOutput, type ResultNode } from './apply/result-node.js';
import { createOutputVerifier, type Verify } from './create-verifier.js';
import { readDenials, unmatchedDenials } from './deny.js';
import { explainResult, type Remark } from './explain.js';
import { nextTurn as usualTurn } from './next-turn.js';
import { preparations } from './scrub/preparations.js';
import { toOutput } from './output.js';
import { compileQuickOutput } from './quick/quick-output.js';
import { readPlain } from './quick/read-plain.js';
import { createRules } from './rules.js';
import { snapshot } from './snapshot.js';
import { compileSteps, finish } from './steps.js';

/** Options of `createAnonymizer`. */
export interface AnonymizerOptions {
  /**
   * Fields that this installation does not export: paths in the form of `formatPath`, with `*` for any one segment
   * (`providers.*`).
   */
  readonly deny?: readonly string[];
}

/** A schema compiled for anonymizing. Its functions never throw on a value, whatever the value is. */
export interface Anonymizer {
  /**
   * Returns the anonymized copy; `{}` if nothing may be exported. It neither changes the input nor shares objects with
   * it.
   */
  readonly anonymize: (config: unknown) => Json;
  /**
   * Does the same without blocking the event loop: it reads the input at once, then works in turns, one for each member
   * of a section, or for each value of an input of more than 5,000 values or 50,000 characters. `nextTurn` waits
   * between turns; by default, until the event loop has done other work. Rejects if `nextTurn` does.
   */
  readonly anonymizeAsync: (config: unknown, nextTurn?: () => Promise<void>) => Promise<Json>;
  /** Returns what happens to each path of the input, in its order; only for the operator, since paths name keys. */
  readonly explain: (config: unknown) => Remark[];
  /** Removes values that anonymizing by this schema cannot produce. */
  readonly verify: Verify;
  /** Deny patterns that match no field of the schema: most likely misspelled. */
  readonly unmatchedDeny: readonly string[];
}

/**
 * Compiles a tagged schema. Throws a `SchemaError` if the source has no JSON Schema or a pattern of `deny` is not a
 * path.
 */
export function createAnonymizer(
  source: SchemaSource | SchemaNode,
  options: AnonymizerOptions = {},
): Anonymizer {
  const { deny = [] } = options;
  const root = fieldTree(source);
  const rules = createRules();
  const steps = compileSteps(root, readDenials(deny), rules);
  const quickOutput = deny.length === 0 ? compileQuickOutput(root, rules) : undefined;
  let verify: Verify | undefined;
  return {
    anonymize: (config) => quickOutput?.of(config) ?? outputOf(finish(steps(snapshot(config)))),
    async anonymizeAsync(config, nextTurn = usualTurn) {
      const plain = quickOutput && readPlain(config);
      const longer = plain === undefined ? steps(snapshot(config)) : undefined;
      await nextTurn();
      for (const prepare of preparations) {
        prepare();
        await nextTurn();
      }
      const output = plain && (await quickOutput?.inTurns(plain, nextTurn));
      return output ?? outputOf(await finishInTurns(longer ?? steps(snapshot(plain)), nextTurn));
    },
    explain: (config) => explainResult(finish(steps(snapshot(config)))),
    // Created on first use, since most programs that anonymize never verify.
    verify: (anonymized, limits) =>
      (verify ??= createOutputVerifier(compileOutputSchema(root)))(anonymized, limits),
    unmatchedDeny: unmatchedDenials(deny, root),
  };
}

async function finishInTurns<T>(steps: Steps<T>, nextTurn: () => Promise<void>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    await nextTurn();
    step = steps.next();
  }
  return step.value;
}

function outputOf(root: ResultNode): Json {
  return (isInOutput(root) ? toOutput(root) : null) ?? {};
}
