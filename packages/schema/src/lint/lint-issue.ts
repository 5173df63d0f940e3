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
