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
  /** Fields that this installation does not export: paths as `formatPath` writes them, `*` for any one segment (`providers.*`). */
  readonly deny?: readonly string[];
}

/** A schema compiled for anonymizing. Its functions never throw on a value, whatever the value is. */
export interface Anonymizer {
  /** Returns the anonymized copy; `{}` where nothing may leave. The input is neither changed nor shared. */
  readonly anonymize: (config: unknown) => Json;
  /**
   * Does the same without holding up the event loop: the input is read at once, then worked on in turns, one for each
   * member of a section, or for each value of an input of more than 5,000 values or 50,000 characters.
   * `nextTurn` waits for the next one; by default, until other work of the event loop had its turn. Rejects when it does.
   */
  readonly anonymizeAsync: (config: unknown, nextTurn?: () => Promise<void>) => Promise<Json>;
  /** Lists what happens to each path of the input, in its order; for the operator's eyes, since paths name keys. */
  readonly explain: (config: unknown) => Remark[];
  /** Removes what anonymizing by this schema cannot have made. */
  readonly verify: Verify;
  /** Deny patterns that match no field of the schema: most likely misspelled. */
  readonly unmatchedDeny: readonly string[];
}

/** Compiles a tagged schema. Throws a `SchemaError` where the source has no JSON Schema or a pattern of `deny` is no path. */
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
      for (const prepare of preparations) {
        prepare();
        await nextTurn();
      }
      const output = plain && (await quickOutput?.inTurns(plain, nextTurn));
      return output ?? outputOf(await finishInTurns(longer ?? steps(snapshot(plain)), nextTurn));
    },
    explain: (config) => explainResult(finish(steps(snapshot(config)))),
    // Made when it is first used: most programs that anonymize never verify.
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
