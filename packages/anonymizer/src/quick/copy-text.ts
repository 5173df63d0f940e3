import {
  canonicalDuration,
  durationSeconds,
  otherValue,
  textRange,
  type Json,
  type SchemaNode,
} from '@candor/schema';
import type { Scalar } from '../apply/anonymize-scalar.js';
import { applyToScalar, maskUndecided } from '../apply/apply-tags.js';
import { isOfKind } from '../apply/match-alternatives.js';
import { portOf } from '../listen-port.js';
import { compileBucket, isExportedAsIs, listedValues, outputOf } from './copy-scalar.js';
import type { Compilation, Copier, Copy } from './pass.js';

/**
 * Compiles the function that copies the texts of a node, and computes the output that nearly all of them have, if there
 * is one.
 */
export function compileText(copier: Copier): Copy<string> {
  const { node, shared } = copier;
  return (
    compileListed(copier) ??
    compileTransformed(node, shared) ??
    compileExported(node, shared) ??
    compileAlternatives(node, shared) ??
    ((input, pass) => {
      const { text, value } = applyToScalar(node, scalarOf(input), shared.rules);
      if (text !== undefined && value !== undefined) pass.texts.push({ text, value });
      return value;
    })
  );
}

function compileListed(copier: Copier): Copy<string> | undefined {
  const { node, shared } = copier;
  const listed = listedValues(node);
  if (listed === undefined) return undefined;
  const rule = ruleOf(node, shared);
  // All other texts have the same output, except the empty one, whose mask is empty.
  const texts = listed.filter((value) => typeof value === 'string');
  const ofOthers = rule(`other than ${texts.join()}`);
  if (texts.length === 0) {
    copier.ofOtherTexts = ofOthers;
    return unlessEmpty(rule(''), ofOthers);
  }
  const outputs = new Map(['', ...texts].map((text) => [text, rule(text)]));
  return (text) => outputs.get(text) ?? ofOthers;
}

function compileTransformed(node: SchemaNode, shared: Compilation): Copy<string> | undefined {
  const { tag, anyOf, kinds, keywords } = node;
  if (anyOf.length > 0 || tag?.transform === undefined) return undefined;
  const rule = ruleOf(node, shared);
  const ofOthers = unlessEmpty(rule(''), rule('other'));
  // Texts are not of the node's kinds.
  if (rule('') === undefined) return ofOthers;
  if (tag.transform.kind === 'only') {
    const listedValue = shared.rules.listedValue(tag.transform);
    return (text) => listedValue(text) ?? otherValue;
  }
  if (tag.transform.kind === 'port') return (text, pass) => portOf(text) ?? ofOthers(text, pass);
  const labelOf = kinds.includes('duration') ? compileBucket(node) : undefined;
  if (labelOf === undefined) return undefined;
  return (text) => {
    const seconds = durationSeconds(keywords.format, text);
    return seconds === undefined ? rule(text) : labelOf(seconds);
  };
}

function compileExported(node: SchemaNode, shared: Compilation): Copy<string> | undefined {
  const { kinds, keywords } = node;
  if (!isExportedAsIs(node)) return undefined;
  const rule = ruleOf(node, shared);
  if (kinds.includes('duration')) return (text) => canonicalDuration(keywords.format, text) ?? rule(text);
  if (!isExportedText(node)) return undefined;
  const scrubbed = shared.rules.scrubbed(node);
  return (text, pass) => {
    const value = scrubbed(text);
    if (value === undefined) return rule(text);
    pass.texts.push({ text, value });
    return value;
  };
}

/** Returns true if texts of a node are exported scrubbed. */
function isExportedText(node: SchemaNode): boolean {
  const { kinds } = node;
  const isText = kinds.length === 0 || (kinds.includes('string') && !kinds.includes('duration'));
  return isText && isExportedAsIs(node);
}

/**
 * Compiles a node whose alternatives for texts allow any text. If they have different outputs, a text is masked; if not,
 * what each of them did decides.
 */
function compileAlternatives(node: SchemaNode, shared: Compilation): Copy<string> | undefined {
  const candidates = node.anyOf.filter((alternative) => isOfKind(alternative, scalarOf('')));
  if (candidates.length === 0 || !candidates.every(allowsAnyText)) return undefined;
  // A text is noted only if the alternatives agree to export it.
  if (candidates.length > 1 && candidates.some(isExportedText)) return undefined;
  const copies = candidates.map((candidate) => compileText(shared.copierOf(candidate)));
  const [first, ...others] = copies as [Copy<string>, ...Copy<string>[]];
  if (others.length === 0) return first;
  const [ofEmpty, ofOthers] = ['', 'other'].map((text) => maskUndecided(candidates, scalarOf(text)).value);
  const rule = ruleOf(node, shared);
  return (text, pass) => {
    const output = first(text, pass);
    for (const copy of others) if (copy(text, pass) !== output) return text === '' ? ofEmpty : ofOthers;
    return rule(text);
  };
}

function allowsAnyText(node: SchemaNode): boolean {
  return node.values === undefined && node.anyOf.length === 0 && Object.keys(textRange(node)).length === 0;
}

function ruleOf(node: SchemaNode, shared: Compilation): (text: string) => Json | undefined {
  return (text) => outputOf(node, scalarOf(text), shared);
}

function scalarOf(value: string): Extract<Scalar, { kind: 'string' }> {
  return { kind: 'string', value };
}

function unlessEmpty(ofEmpty: Json | undefined, ofOthers: Json | undefined): Copy<string> {
  return (text) => (text === '' ? ofEmpty : ofOthers);
}
