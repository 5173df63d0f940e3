import type { UsageEvent } from './usage-reporting.js';

/** A host's logger: each call takes one line of text, as in `console`, pino and winston. */
export interface UsageLogger {
  info(message: string): unknown;
  warn(message: string): unknown;
}

/** Writes an event to the host's log and returns the logger's result; no event holds a configuration value. */
export function logEvent(logger: UsageLogger, event: UsageEvent): unknown {
  return logger[isWarning(event) ? 'warn' : 'info'](`usage reporting: ${eventText(event)}`);
}

function isWarning({ type }: UsageEvent): boolean {
  return type === 'retrying' || type === 'dropped' || type === 'warning';
}

/** Returns one line about an event. */
function eventText(event: UsageEvent): string {
  switch (event.type) {
    case 'scheduled':
      return `the next report is planned for ${new Date(event.at).toISOString()}`;
    case 'sent':
      return `report ${event.id} was accepted (${event.status})`;
    case 'written':
      return `report ${event.id} was written to the log here, and not sent`;
    case 'retrying':
      return `report ${event.id} was not accepted yet: ${event.message} Next try ${new Date(event.at).toISOString()}`;
    case 'dropped':
      return `report ${event.id} was dropped: ${event.message}`;
    case 'disabled':
      return `nothing is reported (${[event.reason, ...event.fields].join(', ')})`;
    case 'warning':
      return `${event.message} (${event.code})`;
  }
}
