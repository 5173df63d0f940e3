import { setImmediate as nextTurn } from 'node:timers/promises';
import { ReporterError } from '../errors.js';
import { reasonOf } from '../reason-of.js';
import { choiceIn, parseState } from './parse-state.js';
import { type Choice, noChoice, serializeState, type State } from './state.js';
import type { ResettableStore } from './store.js';

/** Options of `createStateCell`. */
export interface StateCellOptions {
  readonly store: ResettableStore;
  /** True: changes that cannot be written are kept in memory. False: such a failure is thrown. */
  readonly fallback: boolean;
  /** Returns the state while nothing was written; the same at each call. */
  readonly initial: () => State;
  /** Called when a change was written. */
  readonly onWritten: () => void;
  /** Called when the store failed, with the consequence. */
  readonly onFailure: (error: unknown, failure: StoreFailure) => void;
}

/** The consequence of a failure: the state is not believed, the work waits, or a change stays in memory. */
export type StoreFailure = 'doubted' | 'postponed' | 'unwritten';

/** The state in a store, which is read and written as a whole. Its calls reject with a `ReporterError`. */
export interface StateCell {
  read(): Promise<State>;
  /** Writes the state that `change` returns; undefined leaves it as it is. `change` may be called several times. */
  update(change: (state: State) => State | undefined): Promise<State | undefined>;
  /** Like `update`, but also replaces a state that is not believed; the old one is moved aside. */
  replace(change: (state: State) => State | undefined): Promise<State | undefined>;
  /** Returns false while changes end with the process. */
  isLasting(): boolean;
  /** Returns false while the kept state cannot be read, understood or trusted: the operator may have said no in it. */
  isBelieved(): boolean;
  /** Returns why the state is not believed; null where it is. */
  doubt(): string | null;
}

/** The text of the store, and the state in use. */
interface Loaded {
  readonly text: string | undefined;
  readonly state: State;
}

const mostTries = 100;

/**
 * Creates the state cell of a store; a writer that loses a race of `compareAndSet` tries again with the winner's text.
 */
export function createStateCell(options: StateCellOptions): StateCell {
  const { store, fallback, initial, onWritten, onFailure } = options;
  /** The state that could not be written over the text `base`. */
  let unwritten: { readonly base: string | undefined; readonly state: State } | undefined;
  /** The state in use while the kept one is not believed. */
  let substitute: State | undefined;
  /** Why the kept state is not believed. */
  let doubted: string | null = null;
  let last: { readonly text: string; readonly read: () => State; readonly choice: Choice } | undefined;

  return {
    read: async () => (await load()).state,
    update,
    async replace(change): Promise<State | undefined> {
      const { text, state } = await load();
      if (doubted === null) return update(change);
      const next = change(state);
      if (next === undefined) return undefined;
      await guarded(async () => {
        if (store.reset !== undefined) await store.reset(serializeState(next));
        else await store.compareAndSet(text, serializeState(next));
      });
      substitute = undefined;
      onWritten();
      return (await load()).state;
    },
    isLasting: () => doubted === null && unwritten === undefined,
    isBelieved: () => doubted === null,
    doubt: () => doubted,
  };

  async function load(): Promise<Loaded> {
    let text: string | undefined;
    try {
      text = await store.read();
    } catch (error) {
      if (!fallback || isTransient(error)) throw postponed(error);
      onFailure(error, 'doubted');
      return doubtful(undefined, error);
    }
    try {
      const state = text === undefined ? initial() : parsed(text).read();
      doubted = null;
      // Another process has written since: its state replaces what could not be written here.
      if (unwritten?.base !== text) unwritten = undefined;
      return { text, state: unwritten?.state ?? state };
    } catch (error) {
      onFailure(error, 'doubted');
      return doubtful(text, error);
    }
  }

  /** Parses a text once, valid or not: the state is read each minute, and seldom changes. */
  function parsed(text: string): NonNullable<typeof last> {
    if (last?.text === text) return last;
    let read: () => State;
    let choice = noChoice;
    try {
      const state = parseState(text);
      read = () => state;
    } catch (error) {
      read = () => {
        throw error;
      };
      choice = choiceIn(text) ?? noChoice;
    }
    last = { text, read, choice };
    return last;
  }

  /**
   * Returns a state that reports at most locally: the choice in an invalid state may have been more private than what
   * can be read of it.
   */
  function doubtful(text: string | undefined, error: unknown): Loaded {
    doubted = reasonOf(error);
    unwritten = undefined;
    const chosen = text === undefined ? noChoice : parsed(text).choice;
    const choice: Choice = { ...chosen, mode: chosen.mode === 'off' ? 'off' : 'local' };
    return { text, state: { ...(substitute ?? initial()), choice } };
  }

  async function update(change: (state: State) => State | undefined): Promise<State | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { text, state } = await load();
      const next = change(state);
      if (next === undefined) return undefined;
      if (doubted !== null) {
        substitute = next;
        return next;
      }
      const written = await write(text, state, next);
      if (written !== undefined) return written;
      // A store that always refuses at once must not block the host's event loop.
      await nextTurn();
    }
    throw postponed(new ReporterError('ERR_STATE_UNWRITABLE', `state: ${mostTries} writes were refused`));
  }

  /** Resolves to undefined if `change` has to be called again. */
  async function write(text: string | undefined, state: State, next: State): Promise<State | undefined> {
    try {
      if (!(await store.compareAndSet(text, serializeState(next)))) return undefined;
      unwritten = undefined;
      onWritten();
      return next;
    } catch (error) {
      if (!fallback || isTransient(error)) throw postponed(error);
      onFailure(error, 'unwritten');
      const isKnown = unwritten !== undefined;
      // The schedule is planned anew, since the state now ends with the process.
      unwritten = { base: text, state: isKnown ? next : { ...state, due: null } };
      return isKnown ? next : undefined;
    }
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw postponed(error);
    }
  }

  function postponed(error: unknown): ReporterError {
    onFailure(error, 'postponed');
    if (error instanceof ReporterError) return error;
    const message = `the state cannot be used at present (${reasonOf(error)})`;
    return new ReporterError('ERR_STATE_UNREADABLE', message);
  }
}

const transient = new Set([
  'EAGAIN',
  'EBUSY',
  'EINTR',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'ERR_STATE_TIMEOUT',
  'ESTALE',
  'ETIMEDOUT',
]);

/** Returns true if a failure may be gone at the next try, and says nothing about the state. */
function isTransient(error: unknown): boolean {
  return error instanceof Error && 'code' in error && transient.has(String(error.code));
}
