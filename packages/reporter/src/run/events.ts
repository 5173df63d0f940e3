import { channel } from 'node:diagnostics_channel';
import type { ReporterEvent, WarningCode } from '../types.js';

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
