import { setImmediate as nextTurn } from 'node:timers/promises';
import { ReporterError } from '../errors.js';
import type { Store } from './store.js';
import { createMemoryStore } from './memory-store.js';
import { type Choice, choiceIn, parseState, serializeState, type State } from './state.js';

/** Options of `createStateCell`. */
export interface StateCellOptions {
  readonly store: Store;
  /** Whether to go on in memory when the store fails; else the failure is the caller's. */
  readonly fallback: boolean;
  /** What holds while nothing was written; the same at each call. */
  readonly initial: () => State;
  /** Called when the store failed. */
  readonly onFailure: (error: unknown) => void;
}

/** The state behind a store: read whole, changed whole. */
export interface StateCell {
  read(): Promise<State>;
  /** Writes what `change` makes of the state; undefined leaves it. `change` may be called again and again. */
  update(change: (state: State) => State | undefined): Promise<State | undefined>;
  /** Whether changes outlive the process. */
  isLasting(): boolean;
}

const mostTries = 100;

/** Creates the state over a store; whoever loses a race of `compareAndSet` tries again on what won. */
export function createStateCell(options: StateCellOptions): StateCell {
  let { store } = options;
  let lasting = true;
  let known: State | undefined;
  /** What the operator chose in a state that is otherwise not understood. */
  let chosen: Choice | undefined;

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      options.onFailure(error);
      if (!options.fallback || !lasting) throw error;
      const initial = options.initial();
      const state = known ?? { ...initial, choice: chosen ?? initial.choice };
      store = createMemoryStore(serializeState(state));
      lasting = false;
      return await work();
    }
  }

  async function load(): Promise<{ text: string | undefined; state: State }> {
    const text = await store.read();
    const state = text === undefined ? options.initial() : understand(text);
    known = state;
    return { text, state };
  }

  function understand(text: string): State {
    try {
      return parseState(text);
    } catch (error) {
      chosen = choiceIn(text);
      throw error;
    }
  }

  return {
    read: () => attempt(async () => (await load()).state),
    update: (change) =>
      attempt(async () => {
        for (let tries = 0; tries < mostTries; tries += 1) {
          const { text, state } = await load();
          const next = change(state);
          if (next === undefined) return undefined;
          if (await store.compareAndSet(text, serializeState(next))) {
            known = next;
            return next;
          }
          // A store that refuses at once, for ever, must not keep the host from its turn.
          await nextTurn();
        }
        throw new ReporterError('ERR_STATE_UNWRITABLE', `state: ${mostTries} writes were refused`);
      }),
    isLasting: () => lasting,
  };
}
