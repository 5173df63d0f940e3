import { numberRange } from './bounds.js';
import { anyMember, formatPath, type PathSegment } from './path.js';
import type { Kind, SchemaNode } from './schema-node.js';
import { toJsonSchema, vendorOf, type SchemaSource } from './schema-source.js';
import { fieldTree } from './tree/field-tree.js';
import { fits, isExported, readTag } from './tree/tag.js';

/** The name of a lint rule. */
export type LintRule =
  | '@candor/unknown-tag'
  | '@candor/untyped-tag'
  | '@candor/transform-type'
  | '@candor/dropped-tag'
  | '@candor/unreachable-tag'
  | '@candor/undecided-tag'
  | '@candor/unread-tag'
  | '@candor/untyped-count'
  | '@candor/unresolved-reference'
  | '@candor/invalid-pattern'
  | '@candor/untagged-members'
  | '@candor/unbounded-value'
  | '@candor/unbounded-key'
  | '@candor/no-description'
  | '@candor/no-why'
  | '@candor/no-expires'
  | '@candor/bad-expires'
  | '@candor/expired';

/** Something about the tags of a schema that its author should look at. */
export interface LintIssue {
  readonly rule: LintRule;
  readonly severity: 'error' | 'warning';
  /** Dotted path of the node; `*` is any member of a map or list. */
  readonly path: string;
  readonly message: string;
}

/** Options of `lint`. */
export interface LintOptions {
  /** Asks for an `expires` date on every exported node. Default: false. */
  readonly expires?: boolean;
  /** The present time in milliseconds, for dates that have passed. Default: `Date.now`. */
  readonly now?: () => number;
}

interface Context {
  readonly issues: LintIssue[];
  /** The rule and path of each issue, since a node is met once for each way to it. */
  readonly reported: Set<string>;
  readonly vendor: string | undefined;
  readonly expires: boolean;
  readonly today: string;
}

type Path = readonly PathSegment[];

/** Checks the tags of a schema; each node of a recursive schema is reported at its first path. */
export function lint(source: SchemaSource, options: LintOptions = {}): LintIssue[] {
  const { expires = false, now = Date.now } = options;
  const today = new Date(now()).toISOString().slice(0, 10);
  const context: Context = { issues: [], reported: new Set(), vendor: vendorOf(source), expires, today };
  const root = fieldTree(source);
  walk(root, (node, path, reachable) => checkNode(node, path, reachable, context));
  checkDropped(source, root, context);
  return context.issues;
}

/** Calls for every node, once as reachable by tags and once as not. */
function walk(root: SchemaNode, see: (node: SchemaNode, path: Path, reachable: boolean) => void): void {
  const seen = { true: new Set<SchemaNode>(), false: new Set<SchemaNode>() };
  const pending: { node: SchemaNode; path: Path; reachable: boolean }[] = [
    { node: root, path: [], reachable: true },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path, reachable } = next;
    if (seen[`${reachable}`].has(node)) continue;
    seen[`${reachable}`].add(node);
    see(node, path, reachable);
    const inside = reachable && isExported(node);
    const children = childrenOf(node).map(([segments, child]) => ({
      node: child,
      path: [...path, ...segments],
      // An alternative stands at the same node, not below it.
      reachable: segments.length === 0 ? reachable : inside,
    }));
    pending.push(...children.toReversed());
  }
}

function childrenOf(node: SchemaNode): [Path, SchemaNode][] {
  const { properties, patternProperties, additionalProperties, prefixItems, items, anyOf } = node;
  const any = [...patternProperties.map((entry) => entry.node), additionalProperties, items].filter(
    (child) => child !== undefined,
  );
  return [
    ...anyOf.map((child): [Path, SchemaNode] => [[], child]),
    ...[...properties].map(([key, child]): [Path, SchemaNode] => [[key], child]),
    ...any.map((child): [Path, SchemaNode] => [[anyMember], child]),
    ...prefixItems.map((child, at): [Path, SchemaNode] => [[at], child]),
  ];
}

function checkNode(node: SchemaNode, path: Path, reachable: boolean, context: Context): void {
  const report = reporter(path, context);
  checkDoubts(node, report, context);
  checkTag(node, report);
  if (node.propertyNames !== undefined)
    checkNames(node.propertyNames, reporter([...path, anyMember], context));
  if (node.tag === undefined) {
    if (reachable) checkForgotten(node, report, context);
    if (node.anyOf.length > 0) checkAlternatives(node, report);
    return;
  }
  if (!reachable) {
    report(
      '@candor/unreachable-tag',
      'error',
      'is tagged, but a node above it does not leave as it is, so neither does this',
    );
  }
  // A union's alternatives are checked one by one.
  if (node.anyOf.length > 0) return;
  checkBounds(node, report);
  checkMembers(node, report);
  // Members are described by what they are members of.
  if (typeof path.at(-1) === 'string') checkWords(node, report, context);
}

type Report = (rule: LintRule, severity: LintIssue['severity'], what: string) => void;

function reporter(path: Path, { issues, reported }: Context): Report {
  const where = formatPath(path);
  return (rule, severity, what) => {
    const key = `${rule} ${where}`;
    if (reported.has(key)) return;
    reported.add(key);
    issues.push({ rule, severity, path: where, message: `${where === '' ? 'the root' : where} ${what}` });
  };
}

function checkDoubts(node: SchemaNode, report: Report, { vendor }: Context): void {
  const isTagged = node.exports.some((value) => value !== false);
  for (const doubt of node.doubts) {
    switch (doubt) {
      case 'unresolved-reference':
        report(
          '@candor/unresolved-reference',
          'error',
          'has a $ref; this reference is not in this document; bundle it first',
        );
        break;
      case 'invalid-pattern': {
        const what = 'has a key in patternProperties that is no regular expression of JavaScript';
        report(
          '@candor/invalid-pattern',
          'error',
          `${what}, so no member leaves that is not declared by name`,
        );
        break;
      }
      case 'unevaluated-members': {
        const instead = 'use additionalProperties or items';
        report(
          '@candor/unread-tag',
          'error',
          `has a tag on unevaluated members, which is not read; ${instead}`,
        );
        break;
      }
      case 'circular-reference':
        report('@candor/unresolved-reference', 'error', 'has a $ref that leads back to itself');
        break;
      case 'dynamic-reference':
        if (isTagged) report('@candor/unread-tag', 'error', 'is tagged beside a $dynamicRef; use $ref');
        break;
      case 'too-many-alternatives': {
        const what = 'combines too many alternatives to decide what a value is, so nothing leaves';
        report('@candor/undecided-tag', isTagged ? 'error' : 'warning', what);
        break;
      }
      case 'implied-type':
        // In plain JSON there is no Map, and where a library leaves no type there may be one.
        if (vendor !== undefined && node.tag?.transform?.kind === 'count') {
          const what = 'is counted, but its schema leaves no type';
          report(
            '@candor/untyped-count',
            'warning',
            `${what}: a list or object is counted, a Map or Set is not`,
          );
        }
    }
  }
}

/** A value that fits a tagged and an untagged alternative is in doubt, so such a tag lets nothing leave. */
function checkAlternatives({ anyOf }: SchemaNode, report: Report): void {
  for (const one of anyOf) {
    if (one.tag === undefined) continue;
    const rival = anyOf.find((other) => other.tag === undefined && fitBoth(one, other));
    if (rival === undefined) continue;
    const what =
      rival.kinds.length === 0
        ? 'has an alternative that leaves no type (undefined, a date, a conversion), which every value fits; make it optional or give it a type'
        : 'has a tagged alternative whose values fit an untagged one too';
    report('@candor/undecided-tag', 'error', `${what}, so nothing leaves`);
  }
}

function fitBoth(one: SchemaNode, other: SchemaNode): boolean {
  if (other.kinds.length === 0) return true;
  const shared = one.kinds.filter((kind) => other.kinds.includes(kind) && !isContainer(kind));
  const values = [one.values, other.values];
  return shared.length > 0 && values.every((listed) => listed === undefined);
}

function isContainer(kind: Kind): boolean {
  return kind === 'object' || kind === 'array';
}

function checkTag(node: SchemaNode, report: Report): void {
  const tags = node.exports.filter((value) => value !== false);
  if (tags.some((value) => readTag(value) === 'denied')) {
    const expected = 'true, false, "text", "count", "presence", "port", { only: […] } or { bucket: […] }';
    report('@candor/unknown-tag', 'error', `has an export tag that is none of ${expected}`);
  } else if (node.tag === undefined && tags.length > 0 && !node.exports.includes(false)) {
    const transforms = tags.flatMap((value) => {
      const tag = readTag(value);
      return typeof tag === 'object' ? (tag.transform ?? []) : [];
    });
    if (transforms.some((transform) => !fits(transform, node.kinds))) {
      report('@candor/transform-type', 'error', 'has a transform that takes no value of its type');
    } else if (node.kinds.length === 0 && node.anyOf.length === 0 && node.doubts.length === 0) {
      report(
        '@candor/untyped-tag',
        'error',
        'is tagged, but its schema leaves no type (a library drops it after a conversion); name a transform',
      );
    }
  }
}

/** Zod's `.extend()` and its like make a new object without the old one's tag, ArkType where a member has a default. */
function checkForgotten(node: SchemaNode, report: Report, { vendor = '' }: Context): void {
  const how = droppedBy[vendor];
  if (how === undefined || node.exports.length > 0 || !node.kinds.includes('object')) return;
  const tagged = [...node.properties.values()].some((child) => child.tag !== undefined);
  if (!tagged) return;
  report('@candor/dropped-tag', 'error', `has no tag although its members do; ${how}`);
}

const droppedBy: Readonly<Record<string, string>> = {
  zod: '.extend(), .pick() and the like drop it, so tag the new object',
  arktype: 'a default or a conversion inside drops it, so use schema.out.configure(…)',
};

function checkNames(names: SchemaNode, report: Report): void {
  checkTag(names, report);
  if (names.tag === undefined || names.tag.transform !== undefined || names.tag.text) return;
  if (names.values !== undefined) return;
  report('@candor/unbounded-key', 'error', 'exports keys of any text; use { only: […] }, an enum or "text"');
}

function checkBounds(node: SchemaNode, report: Report): void {
  const { tag, values, kinds } = node;
  if (tag?.transform !== undefined || values !== undefined) return;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = numberRange(node);
  // Beside a duration a number is one too.
  const isNumber =
    !kinds.includes('duration') && kinds.some((kind) => kind === 'number' || kind === 'integer');
  const isBounded =
    (minimum ?? exclusiveMinimum) !== undefined && (maximum ?? exclusiveMaximum) !== undefined;
  if (isNumber && !isBounded) {
    const how = 'use minimum and maximum, an enum or { bucket: […] }';
    report('@candor/unbounded-value', 'error', `exports any number; ${how}`);
  }
  if (kinds.includes('string') && !tag?.text) {
    const how = 'use an enum, a transform, or "text" to say that someone decided it';
    report('@candor/unbounded-value', 'error', `exports any text; ${how}`);
  }
}

function checkMembers(node: SchemaNode, report: Report): void {
  if (node.tag?.transform !== undefined) return;
  const members = [
    ...node.patternProperties.map((entry) => entry.node),
    node.additionalProperties,
    node.items,
    ...node.prefixItems,
  ];
  if (members.some((member) => member !== undefined && isUntagged(member))) {
    const what = node.kinds.includes('array') ? 'list' : 'map';
    report('@candor/untagged-members', 'warning', `is a tagged ${what} whose members are not tagged`);
  }
}

function isUntagged(node: SchemaNode): boolean {
  const isDenied = node.exports.includes(false);
  return node.tag === undefined && !isDenied && node.anyOf.every((branch) => branch.tag === undefined);
}

function checkWords(node: SchemaNode, report: Report, { expires, today }: Context): void {
  if (node.description === undefined) report('@candor/no-description', 'warning', 'has no description');
  if (node.why === undefined) {
    report('@candor/no-why', 'warning', 'has no why: the question that it answers');
  }
  if (node.expires === undefined) {
    if (expires) report('@candor/no-expires', 'warning', 'has no expires date');
  } else if (!isDay(node.expires)) {
    report('@candor/bad-expires', 'error', 'has an expires that is no day such as 2030-12-31');
  } else if (node.expires < today) {
    report('@candor/expired', 'warning', 'is past its expires date; review whether it is still needed');
  }
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10;
}

/** Finds tags that stand in the schema of the unparsed value and are gone from that of the parsed one. */
function checkDropped(source: SchemaSource, root: SchemaNode, context: Context): void {
  if (context.vendor === undefined) return;
  const parsed = tagsByPath(root);
  const unparsed = tagsByPath(fieldTree(toJsonSchema(source, 'input')));
  for (const [path, segments] of unparsed) {
    if (parsed.has(path)) continue;
    const what = 'is tagged before a conversion, and the library drops the tag; tag what comes after it';
    reporter(segments, context)('@candor/dropped-tag', 'error', what);
  }
}

function tagsByPath(root: SchemaNode): Map<string, Path> {
  const paths = new Map<string, Path>();
  walk(root, (node, path) => {
    if (node.exports.length > 0) paths.set(formatPath(path), path);
  });
  return paths;
}
