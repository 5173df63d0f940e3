import { spend } from './budget.js';
import { firstNameKind, type NameKind } from './names.js';
import { read, upTo, type Scan } from './scan.js';

// Of the value inside an element.
const reach = 512;
const element = /^([\w.:-]{1,64})((?:\s{1,4}[\w.:-]{1,32}\s?=\s?["'][^"'<>]{0,64}["']){0,4})$/;
// An element that contains a name.
const elementBefore = /<(?:key|name)>([^<>]{1,64})<\/(?:key|name)>\s{0,16}$/;
const endBefore = /<\/(?:key|name)>\s{0,16}$/;
const elementReach = 256;

/** Returns the start of the XML element whose opening tag ends in this `>`, if it has a closing tag. */
export function elementStart(scan: Scan, at: number, floor: number): number | undefined {
  const least = Math.max(floor, at - elementReach);
  let start = at;
  while (start > least && !'<>'.includes(scan.text[start - 1]!)) start -= 1;
  spend(scan.work, at - start + 1);
  if (start === least || scan.text[start - 1] !== '<' || !element.test(scan.text.slice(start, at)))
    return undefined;
  return scan.text[upTo(scan, at + 1, '<', at + reach)] === '<' ? start : undefined;
}

/**
 * Returns the kind of an element by its name: an attribute, the element before it, as in property lists, or its tag.
 */
export function kindOfElement(scan: Scan, start: number, at: number, floor: number): NameKind | undefined {
  const [, tag, attributes] = element.exec(read(scan, start, at)) ?? [];
  const attribute = /\s(?:name|key|id)\s?=\s?["']([^"'<>]{1,64})/i.exec(attributes ?? '')?.[1];
  const before = endBefore.test(read(scan, Math.max(floor, start - 24), start - 1))
    ? elementBefore.exec(read(scan, Math.max(floor, start - elementReach), start - 1))?.[1]
    : undefined;
  return firstNameKind([attribute, before, tag]);
}
