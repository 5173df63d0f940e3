import type { Json, SchemaNode } from '@candor/schema';
import { createHiddenKeys, noHiddenKeys, normalizeKey, type HiddenKeys } from '../hidden-keys.js';
import { namesKey } from '../name-keys.js';
import type { Rules } from '../rules.js';
import { snapshot } from '../snapshot.js';
import { isUnbounded } from './bounds.js';
import { inOrder } from './copy-object.js';
import { copyValue, createCopier, isOwnOnly } from './copy-value.js';
import { createPass, type Copier, type Pass } from './pass.js';

/**
 * Computes the output of most values in one pass; returns undefined for a value that needs the general algorithm.
 *
 * `applyTags`, `nameKeys` and `toOutput` keep a result for each value, which explains what happened and lets one member
 * change the name of another. If only the output is needed, and no text names a key that is not exported, one function
 * for each node copies directly into it. Scalars and keys use the same code for the same rules; for containers with a
 * rule that is not implemented in this folder, it gives up. A property test compares both algorithms.
 */
export interface QuickOutput {
  readonly of: (value: unknown) => Json | undefined;
  /** Does the same with a turn for each part of the value; nobody may change it meanwhile. */
  readonly inTurns: (value: object, nextTurn: () => Promise<void>) => Promise<Json | undefined>;
}

// The members of the root and their members: few programs have sections in which one of these takes long.
const partLevels = 2;

// Most kinds of values in a map occur in one of these members.
const preparedMembers = 4;

/** Compiles a schema, each node on first use: most files use few of them. */
export function compileQuickOutput(root: SchemaNode, rules: Rules): QuickOutput {
  const copiers = new Map<SchemaNode, Copier>();
  function copierOf(node: SchemaNode): Copier {
    let copier = copiers.get(node);
    if (copier === undefined) copiers.set(node, (copier = createCopier(node, { copierOf, rules })));
    return copier;
  }
  const copy = (node: SchemaNode, value: unknown, pass: Pass): Json | undefined =>
    copyValue(copierOf(node), value, pass);
  const masksKeys = root.keywords.maskKeysInTexts !== false;
  const finished = (output: Json | undefined, pass: Pass): Json | undefined =>
    pass.hasGivenUp || pass.left < 0 || namesHiddenKeys(pass, masksKeys) ? undefined : (output ?? {});
  return {
    of(value) {
      if (!canRead()) return undefined;
      const pass = createPass();
      try {
        return finished(copy(root, value, pass), pass);
      } catch {
        // A getter or a proxy threw; the general algorithm handles that.
        return undefined;
      }
    },
    async inTurns(value, nextTurn) {
      if (!canRead()) return undefined;
      const pass = createPass();
      // The members of a map are numbered together, so they are copied in one turn. The first ones are copied before,
      // one part in each turn, so that most functions are compiled before that turn: it takes half as long.
      const prepareMembers = async ({ additionalProperties }: SchemaNode, map: unknown): Promise<void> => {
        if (additionalProperties === undefined || typeof map !== 'object' || map === null) return;
        for (const member of Object.values(map).slice(0, preparedMembers)) {
          if (!hasParts(additionalProperties, member)) continue;
          for (const [key, part] of Object.entries(member)) {
            const declared = additionalProperties.properties.get(key);
            if (declared !== undefined) copy(declared, part, createPass());
            await nextTurn();
          }
        }
      };
      const copyParts = async (
        node: SchemaNode,
        part: unknown,
        levels: number,
      ): Promise<Json | undefined> => {
        if (levels === 0 || !hasParts(node, part)) {
          if (levels > 0) await prepareMembers(node, part);
          const output = copy(node, part, pass);
          await nextTurn();
          return output;
        }
        const outputs: { [key: string]: Json } = {};
        for (const [key, member] of Object.entries(part)) {
          const declared = node.properties.get(key);
          if (declared === undefined) copy(node, { [key]: member }, pass);
          else {
            const output = await copyParts(declared, member, levels - 1);
            if (output !== undefined) outputs[key] = output;
          }
          if (pass.hasGivenUp) return undefined;
        }
        return inOrder(outputs, node.properties.keys());
      };
      return finished(await copyParts(root, value, partLevels), pass);
    },
  };
}

/** Returns true for an object of which only declared members can be exported, each by its own rules. */
function hasParts(node: SchemaNode, value: unknown): value is object {
  const { tag, kinds, properties, additionalProperties, patternProperties } = node;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isOwnOnly(value)) return false;
  const isDeclared = additionalProperties === undefined && patternProperties.length === 0;
  const isObject = kinds.length === 0 || kinds.includes('object');
  const isExported = tag !== undefined && tag.transform === undefined;
  return isDeclared && isObject && isExported && isUnbounded(node) && !properties.has('__proto__');
}

/** Returns false if somebody added members to `Object.prototype`. */
function canRead(): boolean {
  return Object.keys(Object.prototype).length === 0;
}

function namesHiddenKeys(pass: Pass, masksKeys: boolean): boolean {
  const { texts, freeKeys, numbered } = pass;
  if (texts.length === 0 && freeKeys.length === 0) return false;
  const names = new Set(numbered.map(normalizeKey));
  const hidden = masksKeys ? hiddenKeys(pass) : noHiddenKeys;
  return (
    texts.some(({ text, value }) => namesKey(text, value, names, hidden)) ||
    freeKeys.some((key) => hidden.isNamedIn(key))
  );
}

function hiddenKeys({ numbered, omitted, hidden }: Pass): HiddenKeys {
  const keys = createHiddenKeys();
  for (const key of numbered) keys.addRenamed(key);
  for (const key of omitted) keys.addOmitted(key);
  for (let each = hidden; each !== undefined; each = each.before)
    keys.addBelow(each.schemas, snapshot(each.value));
  return keys;
}
