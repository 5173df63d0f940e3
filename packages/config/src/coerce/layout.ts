/** Keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** How the paths of a source relate to those of the configuration, to show it in its own writing. */
export interface Layout {
  /** Returns the path in the schema's spelling for a path as written in the source. */
  readonly pathOf: (written: Path) => Path | undefined;
  /** False where several paths of the source make one of the configuration. */
  readonly isPlain: boolean;
}

/** A path of the source with the key or index that it has in the configuration. */
export type Spelling = readonly [written: Path, key: string | number];

/** What is known of a path of the source, and of those below it. */
interface Place {
  path: Path | undefined;
  /** Made with the first member: most places are single values. */
  members?: Map<string | number, Place>;
}

/**
 * Creates the layout of a source from its spellings, a container before its members. Most sources are loaded and never
 * shown, so they are compared when the first path is asked for.
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
