import {
  compileListedValue,
  compileTextRange,
  numberRange,
  textRange,
  type ListedValue,
  type NumberRange,
  type SchemaNode,
  type Transform,
} from '@candor/schema';
import { scrubText, textOptions } from './scrub-text.js';

/** What schemas say about a value; each schema is compiled on first use. */
export interface Rules {
  /** Returns true if the lengths and the pattern of a schema allow a text. */
  readonly isTextAllowed: (node: SchemaNode, text: string) => boolean;
  /**
   * Returns the function that scrubs a node's texts; it returns undefined if the schema does not allow the scrubbed
   * text.
   */
  readonly scrubbed: (node: SchemaNode) => (text: string) => string | undefined;
  readonly numberRange: (node: SchemaNode) => NumberRange;
  readonly listedValue: (transform: Extract<Transform, { kind: 'only' }>) => ListedValue;
  /** Returns the position of each declared property. */
  readonly ranks: (node: SchemaNode) => ReadonlyMap<string, number>;
}

/** Creates the rules of one anonymizer. */
export function createRules(): Rules {
  const textTest = once((node: SchemaNode) => compileTextRange(textRange(node)));
  return {
    isTextAllowed: (node, text) => textTest(node)(text),
    scrubbed: once((node) => {
      const options = textOptions(node);
      const isAllowed = textTest(node);
      return (text) => {
        const scrubbed = scrubText(text, options);
        return isAllowed(scrubbed) ? scrubbed : undefined;
      };
    }),
    numberRange: once(numberRange),
    listedValue: once(compileListedValue),
    ranks: once(({ properties }) => new Map([...properties.keys()].map((key, rank) => [key, rank]))),
  };
}

function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}
