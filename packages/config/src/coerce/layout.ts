/** Keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** How the paths of a source correspond to those of the configuration, to show it in its own spelling. */
export interface Layout {
  /** Returns the path in the schema's spelling for a path as written in the source. */
  readonly pathOf: (written: Path) => Path | undefined;
  /** False if several paths of the source make one path of the configuration. */
  readonly isPlain: boolean;
}

/**
 * A key or index of the source, with the one in the configuration, below another; without one above it, at the root. Each
 * value has one: a path for each took an eighth of loading, and is made where it is shown.
 */
export interface Spelling {
  readonly above: Spelling | undefined;
  readonly written: string | number;
  readonly key: string | number;
}

/** Returns the path as written in the source. */
export function writtenPath(spelling: Spelling | undefined): Path {
  const path: (string | number)[] = [];
  for (let at = spelling; at !== undefined; at = at.above) path.unshift(at.written);
  return path;
}

/** The configuration's path for a path of the source, and for its members. */
interface LayoutNode {
  path: Path | undefined;
  /** Created with the first member, since most values are single. */
  members?: Map<string | number, LayoutNode>;
}

/**
 * Creates the layout of a source from its spellings, each container before its members. Most sources are loaded and
 * never shown, so the work is done when the first path is looked up.
 */
export function layoutOf(spellings: readonly Spelling[], isPlain: boolean): Layout {
  let root: LayoutNode | undefined;
  return {
    isPlain,
    pathOf: (written) => {
      let node: LayoutNode | undefined = (root ??= compare(spellings));
      for (const key of written) node = node?.members?.get(key);
      return node?.path;
    },
  };
}

function compare(spellings: readonly Spelling[]): LayoutNode {
  const root: LayoutNode = { path: [] };
  const nodes = new Map<Spelling | undefined, LayoutNode>([[undefined, root]]);
  for (const spelling of spellings) {
    const above = nodes.get(spelling.above)!;
    const members = (above.members ??= new Map<string | number, LayoutNode>());
    let node = members.get(spelling.written);
    if (node === undefined) members.set(spelling.written, (node = { path: undefined }));
    node.path = [...(above.path ?? []), spelling.key];
    nodes.set(spelling, node);
  }
  return root;
}
