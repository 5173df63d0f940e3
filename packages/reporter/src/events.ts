import { channel } from 'node:diagnostics_channel';

/** Something that happened, for the host's log; also published on the channel `candor:reporter`. */
export type ReporterEvent =
  /** A report will be made at this time (milliseconds since 1970). */
  | { readonly type: 'scheduled'; readonly at: number }
  | { readonly type: 'sent'; readonly id: string; readonly status: number }
  /** Mode `local`: the report is in the audit log only. */
  | { readonly type: 'written'; readonly id: string }
  | { readonly type: 'retrying'; readonly id: string; readonly at: number; readonly reason: string }
  | { readonly type: 'dropped'; readonly id: string; readonly reason: string }
  /** Nothing goes until the reason is gone; `fields` names the new fields when those are the reason. */
  | { readonly type: 'disabled'; readonly reason: DisabledReason; readonly fields: readonly string[] }
  /** Once for each cause; reporting goes on as well as it can. */
  | { readonly type: 'warning'; readonly code: WarningCode; readonly message: string };

/** Why nothing goes: the mode, new fields that nobody accepted, or the collector's answer 410. */
export type DisabledReason = 'off' | 'new fields' | 'gone';

/** What went wrong without stopping the host. */
export type WarningCode = 'WARN_STATE' | 'WARN_LOG' | 'WARN_CONTENT' | 'WARN_FEATURE' | 'WARN_LISTENER';

/** Tells the host what happened. */
export interface Events {
  emit(event: ReporterEvent): void;
  /** Emits a warning, once for each code. */
  warn(code: WarningCode, message: string): void;
  /** The last warning's message. */
  warning(): string | null;
  subscribe(listener: (event: ReporterEvent) => void): () => void;
}

/** Creates the events of one reporter; they also go to the diagnostics channel `candor:reporter`. */
export function createEvents(): Events {
  const listeners = new Set<(event: ReporterEvent) => void>();
  const warned = new Set<WarningCode>();
  let warning: string | null = null;

  const events: Events = {
    emit(event): void {
      const published = channel('candor:reporter');
      if (published.hasSubscribers) published.publish(event);
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          // Here it would be an unhandled rejection, which ends the host.
          events.warn('WARN_LISTENER', 'a listener of the reporter threw');
        }
      }
    },
    warn(code, message): void {
      if (warned.has(code)) return;
      warned.add(code);
      warning = message;
      events.emit({ type: 'warning', code, message });
    },
    warning: () => warning,
    subscribe(listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return events;
}
