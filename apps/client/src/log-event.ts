import type { UsageEvent } from 'candor';
import type { Logger } from 'pino';

/** Logs what usage reporting does; no event holds a configuration value. */
export function logEvent(log: Logger, event: UsageEvent): void {
  switch (event.type) {
    case 'scheduled':
      return log.info({ at: new Date(event.at).toISOString() }, 'usage report planned');
    case 'sent':
      return log.info({ report: event.id, status: event.status }, 'usage report accepted');
    case 'written':
      return log.info({ report: event.id }, 'usage report written to the log only');
    case 'retrying':
      return log.warn(
        { report: event.id, reason: event.reason, at: new Date(event.at).toISOString() },
        'usage report not accepted yet',
      );
    case 'dropped':
      return log.warn({ report: event.id, reason: event.reason }, 'usage report dropped');
    case 'disabled':
      return log.info({ reason: event.reason, fields: event.fields }, 'no usage is reported');
    case 'warning':
      return log.warn({ code: event.code }, event.message);
  }
}
