import { defaultLimits } from '@candor/protocol';
import type { State } from '../state/state.js';
import type { Core } from './core.js';

/** Features that were used and are not written to the state yet. */
export interface UsedFeatures {
  /** Notes that a feature was used; writes it at once if the schedule has begun. Never throws. */
  mark(feature: string): void;
  /** Begins to write marked features; `state` holds those written already. */
  begin(state: State): Promise<void>;
  /** Ends writing; forgets unwritten features if reporting is off. */
  end(isOff: boolean): void;
  /** Resolves when the write under way ends. */
  written(): Promise<void>;
  /** Returns the state with the features that are not written yet. */
  addTo(state: State): State;
}

const most = defaultLimits.features;
const nameOf = /^[\w.:/-]{1,64}$/;

/** Creates the buffer of one process. */
export function createUsedFeatures(core: Core): UsedFeatures {
  const fresh = new Set<string>();
  let writing: Promise<void> = Promise.resolve();
  let known: { readonly features: ReadonlySet<string>; readonly told: number | null } | undefined;
  let hasBegun = false;
  let isOff = false;

  return {
    mark(feature): void {
      // Features used while reporting is off are never reported later.
      if (isOff) return;
      if (typeof feature !== 'string' || !nameOf.test(feature)) {
        core.events.warn('WARN_FEATURE', 'a feature was not noted: expected at most 64 of a-z, 0-9, "_.:/-"');
        return;
      }
      if (known?.features.has(feature) === true || fresh.has(feature) || fresh.size >= most) return;
      fresh.add(feature);
      // Features marked together share one write.
      if (hasBegun && fresh.size === 1) void write();
    },
    begin(state): Promise<void> {
      isOff = false;
      hasBegun = true;
      if (state.told !== known?.told) remember(state);
      return write();
    },
    end(off): void {
      hasBegun = false;
      isOff = off;
      if (off) fresh.clear();
    },
    written: () => writing,
    addTo: (state) => withFeatures(state, fresh),
  };

  function remember(state: State): void {
    known = { features: new Set(state.features), told: state.told };
  }

  /** Writes the marked features, after the write under way. */
  function write(): Promise<void> {
    writing = writing.then(writeFresh);
    return writing;
  }

  async function writeFresh(): Promise<void> {
    try {
      // More features may be marked during the write.
      while (fresh.size > 0) {
        const added = [...fresh];
        const state = await core.cell.update((state) => {
          const next = core.decide(state).mode === 'off' ? state : withFeatures(state, added);
          return next === state ? undefined : next;
        });
        for (const feature of added) fresh.delete(feature);
        if (state !== undefined) remember(state);
      }
    } catch {
      // The store failed, and the state cell has warned of it; the next pass tries again.
    }
  }
}

function withFeatures(state: State, added: Iterable<string>): State {
  const features = [...new Set([...state.features, ...added])].slice(0, most);
  return features.length === state.features.length ? state : { ...state, features };
}
