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
interface Place {
  path: Path | undefined;
  /** Created with the first member, since most values are single. */
  members?: Map<string | number, Place>;
}

/**
 * Creates the layout of a source from its spellings, each container before its members. Most sources are loaded and
 * never shown, so the work is done when the first path is looked up.
 */
export function layoutOf(spellings: readonly Spelling[], isPlain: boolean): Layout {
  let root: Place | undefined;
  return {
    isPlain,
    pathOf: (written) => {
      let place: Place | undefined = (root ??= compare(spellings));
      for (const key of written) place = place?.members?.get(key);
      return place?.path;
    },
  };
}

function compare(spellings: readonly Spelling[]): Place {
  const root: Place = { path: [] };
  const places = new Map<Spelling | undefined, Place>([[undefined, root]]);
  for (const spelling of spellings) {
    const above = places.get(spelling.above)!;
    const members = (above.members ??= new Map<string | number, Place>());
    let place = members.get(spelling.written);
    if (place === undefined) members.set(spelling.written, (place = { path: undefined }));
    place.path = [...(above.path ?? []), spelling.key];
    places.set(spelling, place);
  }
  return root;
}
