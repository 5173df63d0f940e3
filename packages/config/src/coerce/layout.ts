/** Keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** How the paths of a source correspond to those of the configuration, to show it in its own spelling. */
export interface Layout {
  /** Returns the path in the schema's spelling for a path as written in the source. */
  readonly pathOf: (written: Path) => Path | undefined;
  /** False if several paths of the source make one path of the configuration. */
  readonly isPlain: boolean;
}

/** A path of the source, with its key or index in the configuration. */
export type Spelling = readonly [written: Path, key: string | number];

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
  for (const [written, key] of spellings) {
    let above = root;
    let place = root;
    for (const step of written) {
      above = place;
      const members = (place.members ??= new Map<string | number, Place>());
      let next = members.get(step);
      if (next === undefined) members.set(step, (next = { path: undefined }));
      place = next;
    }
    place.path = [...(above.path ?? []), key];
  }
  return root;
}
