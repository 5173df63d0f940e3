import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isCandorError, isProductName } from '@candor/protocol';
import { type AuditLog, createAuditLog } from '../audit-log.js';
import { type Decision, readConsent, resolveConsent } from '../consent/resolve-consent.js';
import { ReporterError } from '../errors.js';
import type { MachineContext } from '../schedule/machine.js';
import { defaultDirectory } from '../state/default-directory.js';
import { createFileStore } from '../state/file-store.js';
import { createStateCell, type StateCell } from '../state/state-cell.js';
import { initialState, type State } from '../state/state.js';
import { readEndpoint } from '../transport/endpoint.js';
import { proxyEnvironment } from '../transport/proxy-environment.js';
import { createWorkerTransport } from '../transport/worker-transport.js';
import { type Clock, systemClock, systemTimers, type Timers } from '../clock.js';
import type { ReporterOptions } from '../reporter-options.js';
import type { Schedule } from '../schedule/schedule.js';
import type { TransportRequest, Timeouts, Transport } from '../transport/transport.js';
import { createEvents, type Events } from '../events.js';

/** What the parts of one reporter share. */
export interface Core {
  readonly options: ReporterOptions;
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timers: Timers;
  readonly transport: Transport;
  readonly events: Events;
  readonly cell: StateCell;
  readonly audit: AuditLog;
  readonly directory: string | null;
  /** What holds for a state; undefined stands for a state that was not read. */
  decide(state: State | undefined): Decision;
  /** Resolves to true if neither the configuration, nor the environment, nor the operator's kept choice decides. */
  isUndecided(): Promise<boolean>;
  endpoint(state: State): string;
  /** Fields that the operator did not accept, as paths. */
  newFields(state: State): string[];
  machine(state: State): MachineContext;
  transportRequest(state: State, body: Uint8Array): TransportRequest;
}

const minute = 60_000;

/** Gathers what the options say; reads nothing and opens nothing. Throws on an unusable product, consent or endpoint. */
export function createCore(options: ReporterOptions): Core {
  const { env, version } = options;
  if (!isProductName(options.product)) {
    throw new ReporterError(
      'ERR_PRODUCT_INVALID',
      'product: expected lower-case letters, digits, ".", "_", "-"',
    );
  }
  const configured = readConsent(options.consent);
  const configuredEndpoint = readEndpoint(options.endpoint);
  const schedule: Schedule = {
    first: 10 * minute,
    interval: 24 * 60 * minute,
    jitter: 0.1,
    ...options.schedule,
  };
  const timeouts: Timeouts = { connect: 10_000, total: 30_000, ...options.timeouts };
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const events = createEvents();
  const { state: place = defaultDirectory(options.product, env, process.platform) } = options;
  const directory = typeof place === 'string' ? place : null;
  const proxy = proxyEnvironment(env);
  let initial: State | undefined;

  const core: Core = {
    options,
    schedule,
    clock,
    random,
    timers: options.timers ?? systemTimers,
    transport: options.transport ?? createWorkerTransport(),
    events,
    directory,
    cell: createStateCell({
      store: typeof place === 'string' ? createFileStore(place) : place,
      fallback: typeof place === 'string',
      initial: () => (initial ??= initialState(clock.now())),
      onFailure: (error) =>
        events.warn(
          'WARN_STATE',
          `${directory === null ? 'the report is postponed' : 'state is kept in memory only'}: ${reasonOf(error)}`,
        ),
    }),
    audit: createAuditLog({
      path: options.log ?? (directory === null ? undefined : join(directory, 'reports.jsonl')),
      onFailure(error): void {
        // One warning is enough for one disk.
        if (core.cell.isLasting())
          events.warn('WARN_LOG', `the audit log is kept in memory only: ${reasonOf(error)}`);
      },
    }),
    decide: (state) =>
      resolveConsent({
        configured,
        chosen: state?.choice.mode ?? undefined,
        env,
        version,
        force: options.force === true,
      }),
    async isUndecided(): Promise<boolean> {
      if (configured !== undefined || core.decide(undefined).decidedBy === 'DO_NOT_TRACK') return false;
      try {
        // Continuous integration reports nothing, but it decides nothing either: a missing choice shows there too.
        return (await core.cell.read()).choice.mode === null;
      } catch {
        // A store that fails, of which the state warned, may hold a choice.
        return false;
      }
    },
    endpoint: (state) => state.choice.endpoint ?? configuredEndpoint,
    newFields(state): string[] {
      const accepted = options.requireAcceptance === false ? null : state.choice.fields;
      if (accepted === null) return [];
      return options.fields.fields
        .filter((field) => !accepted.includes(labelOf(field)))
        .map((field) => field.path);
    },
    machine: (state) => ({
      now: clock.now(),
      random,
      schedule,
      lease: 2 * timeouts.total,
      version,
      fingerprint: createHash('sha256')
        .update(JSON.stringify([core.endpoint(state), version, options.fields.digest, fieldLabels(options)]))
        .digest('base64url'),
    }),
    transportRequest: (state, body) => ({ url: core.endpoint(state), body, proxy, timeouts, ca: options.ca }),
  };
  return core;
}

/** The field list as consent is bound to it. */
export function fieldLabels(options: Pick<ReporterOptions, 'fields'>): string[] {
  return options.fields.fields.map(labelOf);
}

function labelOf({ path, exportedAs }: { readonly path: string; readonly exportedAs: string }): string {
  return `${path} (${exportedAs})`;
}

/** What to say of an error: its code or our own message, since those of others may quote what they failed on. */
export function reasonOf(error: unknown): string {
  if (isCandorError(error)) return error.message;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'an error without a code';
}
