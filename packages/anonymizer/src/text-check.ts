import { compileTextRange, textRange, type SchemaNode } from '@candor/schema';

/** Tests texts by the lengths and the pattern that their schema allows; each schema is compiled once. */
export type TextCheck = (node: SchemaNode, text: string) => boolean;

/** Creates a text check. */
export function createTextCheck(): TextCheck {
  const compiled = new WeakMap<SchemaNode, (text: string) => boolean>();
  return (node, text) => {
    const test = compiled.get(node) ?? compileTextRange(textRange(node));
    compiled.set(node, test);
    return test(text);
  };
}
