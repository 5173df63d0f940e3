import { channel } from 'node:diagnostics_channel';

/** Something that happened, for the host's log; also published on the channel `candor:reporter`. */
export type ReporterEvent =
  /** A report will be made at this time (milliseconds since 1970). */
  | { readonly type: 'scheduled'; readonly at: number }
  | { readonly type: 'sent'; readonly id: string; readonly status: number }
  /** Mode `local`: the report is in the audit log only. */
  | { readonly type: 'written'; readonly id: string }
  /** `reason` is an HTTP status or an error code; `message` says in words what happened and what can be done. */
  | {
      readonly type: 'retrying';
      readonly id: string;
      readonly at: number;
      readonly reason: string;
      readonly message: string;
    }
  | { readonly type: 'dropped'; readonly id: string; readonly reason: string; readonly message: string }
  /** Nothing is sent while the reason holds; `fields` names the new fields if they are the reason. */
  | { readonly type: 'disabled'; readonly reason: DisabledReason; readonly fields: readonly string[] }
  /** Emitted once for each cause; reporting continues as well as it can. */
  | { readonly type: 'warning'; readonly code: WarningCode; readonly message: string };

/**
 * Why nothing is sent: the mode is `off`; there are new fields that nobody accepted; the collector answered 410; or the
 * state ends with the process, which has sent its one report.
 */
export type DisabledReason = 'off' | 'new fields' | 'gone' | 'no lasting state';

/** What went wrong without stopping the host. */
export type WarningCode =
  'WARN_STATE' | 'WARN_LOG' | 'WARN_CONTENT' | 'WARN_FEATURE' | 'WARN_LISTENER' | 'WARN_TRANSPORT';

/** Tells the host what happened. */
export interface Events {
  emit(event: ReporterEvent): void;
  /** Emits a warning, once for each text. */
  warn(code: WarningCode, message: string): void;
  /** Returns the last warning's message; null if it no longer holds. */
  warning(): string | null;
  /** Clears a warning that no longer holds. */
  resolve(code: WarningCode): void;
  subscribe(listener: (event: ReporterEvent) => void): () => void;
}

/** Creates the events of one reporter; they also go to the diagnostics channel `candor:reporter`. */
export function createEvents(): Events {
  const listeners = new Set<(event: ReporterEvent) => void>();
  const warned = new Set<string>();
  let last: { readonly code: WarningCode; readonly message: string } | undefined;

  const events: Events = {
    emit(event): void {
      const published = channel('candor:reporter');
      if (published.hasSubscribers) published.publish(event);
      for (const listener of listeners) {
        try {
          const result: unknown = listener(event);
          // An asynchronous listener that rejects would end the host, as an unhandled rejection does.
          if (isThenable(result)) Promise.resolve(result).catch(warnOfListener);
        } catch {
          warnOfListener();
        }
      }
    },
    warn(code, message): void {
      last = { code, message };
      if (warned.has(`${code} ${message}`)) return;
      warned.add(`${code} ${message}`);
      events.emit({ type: 'warning', code, message });
    },
    warning: () => last?.message ?? null,
    resolve(code): void {
      if (last?.code === code) last = undefined;
    },
    subscribe(listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return events;

  function warnOfListener(): void {
    events.warn('WARN_LISTENER', 'a listener of the reporter threw');
  }
}

// Not `instanceof Promise`: a listener may come from another realm, such as that of a test runner.
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
