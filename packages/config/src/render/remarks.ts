import type { Json } from '@candor/schema';
import type { Path } from '../coerce/layout.js';

/** What happened to one value, as the anonymizer explains it. */
export interface RenderRemark {
  /** In the schema's spelling. */
  readonly path: Path;
  /** Its path in the anonymized configuration; undefined if it is not there. */
  readonly outputPath?: Path | undefined;
  readonly action: string;
  /** The value there; undefined for a section or list whose members have their own remarks. */
  readonly value?: Json | undefined;
}

/** A value of the configuration, with what is shown of it. */
export interface Shown {
  /** The key or index in the anonymized configuration. */
  key: string | number;
  value: Json | undefined;
  members: ReadonlyMap<string | number, Shown>;
}

// Shared by all single values, which are most.
const none: ReadonlyMap<string | number, Shown> = new Map();

/** Returns the remarks as a tree by the paths of the input. It has no paths without a remark, or that were left out. */
export function shownTree(remarks: Iterable<RenderRemark>): Shown {
  const root: Shown = { key: '', value: undefined, members: none };
  for (const { path, outputPath, action, value } of remarks) {
    if (action === 'omitted' || outputPath === undefined) continue;
    let shown = root;
    for (const [depth, key] of path.entries()) {
      let member = shown.members.get(key);
      if (member === undefined) {
        member = { key: outputPath[depth] ?? key, value: undefined, members: none };
        addMember(shown, key, member);
      }
      shown = member;
    }
    shown.value = value;
  }
  return root;
}

function addMember(shown: Shown, key: string | number, member: Shown): void {
  if (shown.members === none) shown.members = new Map();
  (shown.members as Map<string | number, Shown>).set(key, member);
}

/** Returns the node of an input path; undefined if nothing of it is shown. */
export function shownAt(root: Shown, path: Path): Shown | undefined {
  let shown: Shown | undefined = root;
  for (const key of path) shown = shown?.members.get(key);
  return shown;
}

/** Returns what is shown of a value, as data in the schema's spelling. */
export function dataOf(shown: Shown, input: Json | undefined): Json {
  if (shown.members.size === 0) return shown.value ?? (Array.isArray(input) ? [] : {});
  const members = [...shown.members].map(([key, member]): [string | number, Json] => {
    return [member.key, dataOf(member, memberOf(input, key))];
  });
  if (Array.isArray(input)) return members.map(([, member]) => member);
  return Object.fromEntries(members);
}

/** Returns the member of a value; undefined if it has none of that name. */
export function memberOf(input: Json | undefined, key: string | number): Json | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  return Object.hasOwn(input, key) ? (input as { [key: string]: Json })[key] : undefined;
}
