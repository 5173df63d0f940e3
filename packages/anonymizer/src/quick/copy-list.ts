import { isTextList, maskedLength, maskedText, type Json, type SchemaNode } from '@candor/schema';
import { countOf } from '../apply/apply-tags.js';
import { longestSparse } from '../snapshot.js';
import { isUnbounded } from './bounds.js';
import { copyValue } from './copy-value.js';
import { type Compilation, type Copier, type Copy, giveUp, hide } from './pass.js';

/** Compiles the function that copies the lists of a node. */
export function compileList(node: SchemaNode, shared: Compilation): Copy<readonly unknown[]> {
  const { kinds, tag } = node;
  const schemas = [node];
  if (!isUnbounded(node)) return (_, pass) => giveUp(pass);
  if (kinds.length > 0 && !kinds.includes('array')) return (list, pass) => hide(schemas, list, pass);
  const isMasked = tag === undefined || tag.transform !== undefined;
  const copyItems = isMasked ? maskItems(node) : compileItems(node, shared);
  const whole = tag?.transform?.kind;
  return (list, pass) => {
    if (list.length > longestSparse) return giveUp(pass);
    pass.left -= list.length;
    if (whole === 'count' || whole === 'presence') {
      hide(schemas, list, pass);
      return whole === 'count' ? countOf(node, list.length) : true;
    }
    return copyItems(list, pass);
  };
}

function maskItems(node: SchemaNode): Copy<readonly unknown[]> {
  const schemas = [node];
  const keepsLength = isTextList(node);
  return (list, pass) => {
    hide(schemas, list, pass);
    if (!keepsLength) return [];
    let texts = 0;
    for (let at = 0; at < list.length; at += 1) if (typeof list[at] === 'string') texts += 1;
    if (texts === 0) return [];
    const masked: Json[] = [maskedText];
    for (let left = maskedLength(texts); left > 1; left -= 1) masked.push(maskedText);
    return masked;
  };
}

function compileItems(node: SchemaNode, shared: Compilation): Copy<readonly unknown[]> {
  const { prefixItems, items: rest } = node;
  const copierOf = (child: SchemaNode | undefined): Copier | undefined => child && shared.copierOf(child);
  const prefix = prefixItems.map(copierOf);
  const ofRest = copierOf(rest);
  return (list, pass) => {
    let items: Json[] | undefined;
    for (let at = 0; at < list.length; at += 1) {
      const copier = at < prefix.length ? prefix[at] : ofRest;
      const output = copier === undefined ? hide([], list[at], pass) : copyValue(copier, list[at], pass);
      // In a tuple the position gives a value its meaning, so no item may move.
      const item = output === undefined && at < prefix.length ? null : output;
      if (item === undefined) continue;
      // Most lists have one item: a list that grows from none has room for 17.
      if (items === undefined) items = [item];
      else items.push(item);
    }
    return items ?? [];
  };
}
