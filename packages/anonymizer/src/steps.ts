import type { SchemaNode } from '@candor/schema';
import { applyTags, type Steps } from './apply/apply-tags.js';
import type { ResultNode } from './apply/result-node.js';
import type { Denials } from './deny.js';
import { createHiddenKeys, noHiddenKeys } from './hidden-keys.js';
import { nameKeys } from './name-keys.js';
import type { Rules } from './rules.js';
import type { Snapshot } from './snapshot.js';

/** Compiles the anonymizing of a configuration, in steps between which other work may run. */
export function compileSteps(
  root: SchemaNode,
  denials: Denials,
  rules: Rules,
): (read: Snapshot) => Steps<ResultNode> {
  return function* steps(read) {
    const hidden = root.keywords.maskKeysInTexts === false ? noHiddenKeys : createHiddenKeys();
    const result = yield* applyTags(root, read, { denials, hidden, rules });
    nameKeys(result, hidden);
    yield;
    return result;
  };
}

/** Runs all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
