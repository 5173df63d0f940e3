import { fieldTree, type SchemaNode, type SchemaSource } from '@candor/schema';
import type { AnonymizerOptions } from './create-anonymizer.js';
import { readDenials } from './deny.js';
import { explainResult, type Remark } from './explain.js';
import { createRules } from './rules.js';
import { snapshot } from './snapshot.js';
import { compileSteps, finish } from './steps.js';

/**
 * Creates the `explain` of `createAnonymizer` only, for a program that shows what would be exported and sends nothing:
 * this makes a page's script a third smaller. Throws as `createAnonymizer` does.
 */
export function createExplainer(
  source: SchemaSource | SchemaNode,
  options: AnonymizerOptions = {},
): (config: unknown) => Remark[] {
  const steps = compileSteps(fieldTree(source), readDenials(options.deny ?? []), createRules());
  return (config) => explainResult(finish(steps(snapshot(config))));
}
