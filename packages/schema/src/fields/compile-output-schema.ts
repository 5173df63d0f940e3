import { SchemaError } from '../schema-error.js';
import type { SchemaNode } from '../schema-node.js';
import { fillList } from './list-output.js';
import { fillObject } from './object-output.js';
import type { OutputDraft, OutputFor } from './output-draft.js';
import type { OutputSchema } from './output-schema.js';
import { allowScalars, masksOf } from './scalar-output.js';

// Unions of recursive objects can combine without end.
const mostOutputs = 50_000;

/** Compiles the output schemas of a tree, the root's first. Throws `ERR_SCHEMA_SIZE` for more than 50,000. */
export function compileOutputSchema(root: SchemaNode): OutputSchema[] {
  const outputs: OutputDraft[] = [];
  const known = new Map<string, number>();
  // A cache, since the same nodes occur at many keys, and listing their alternatives takes long.
  const asked = new Map<string, number>();
  const identities = new Map<SchemaNode, number>();
  const pending: (() => void)[] = [];
  const identify = (node: SchemaNode): number => {
    const identity = identities.get(node) ?? identities.size;
    identities.set(node, identity);
    return identity;
  };
  // Takes several nodes if a union leaves open which one applies: the path may hold what any of them allows.
  const outputFor = (nodes: readonly SchemaNode[]): number => {
    const key = [...new Set(nodes.map(identify))].join();
    const position = asked.get(key) ?? outputOf(nodes);
    asked.set(key, position);
    return position;
  };
  const outputOf = (nodes: readonly SchemaNode[]): number => {
    const alternatives = [...new Set(nodes.flatMap(alternativesOf))];
    const isNullable = nodes.some(({ kinds }) => kinds.length === 0 || kinds.includes('null'));
    const identities = alternatives.map(identify).sort((one, other) => one - other);
    const key = `${isNullable}:${identities.join()}`;
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const position = outputs.length;
    if (position >= mostOutputs) {
      throw new SchemaError('ERR_SCHEMA_SIZE', 'the schema combines alternatives in ever new ways');
    }
    const output: OutputDraft = { literals: [], ...(isNullable && { null: true }) };
    outputs.push(output);
    known.set(key, position);
    pending.push(() => fill(output, alternatives, outputFor));
    return position;
  };
  outputFor([root]);
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) next();
  return outputs;
}

function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf.length > 0 ? node.anyOf : [node];
}

function fill(output: OutputDraft, nodes: readonly SchemaNode[], outputFor: OutputFor): void {
  const literals = new Set<string | number | boolean>();
  for (const node of nodes) {
    for (const value of masksOf(node, nodes.length > 1)) literals.add(value);
    allowScalars(output, node, literals);
  }
  output.literals = [...literals].sort((one, other) =>
    JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
  );
  fillList(output, nodes, outputFor);
  fillObject(output, nodes, outputFor);
}
