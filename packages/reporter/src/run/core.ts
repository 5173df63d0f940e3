import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type AuditLog, createAuditLog } from '../audit-log.js';
import { type Clock, systemClock, systemTimers, type Timers } from '../clock.js';
import { type Decision, readConsent, resolveConsent } from '../consent/resolve-consent.js';
import { readVersion } from '../consent/version.js';
import { describeDryRun, describeErasure, describeResult } from '../describe-result.js';
import { createEvents, type Events } from '../events.js';
import { reasonOf } from '../reason-of.js';
import type { KeptResult, LastReport, ResultContext, ResultWords } from '../report-result.js';
import { fieldsBeyond, labelsOf, type ReportedField } from '../reported-fields.js';
import type { ReporterOptions } from '../reporter-options.js';
import { presentTime } from '../schedule/installation-time.js';
import type { MachineContext } from '../schedule/machine.js';
import type { Schedule } from '../schedule/schedule.js';
import { boundedStore } from '../state/bounded-store.js';
import { defaultDirectory } from '../state/default-directory.js';
import { createFileStore, type FileStore } from '../state/file-store.js';
import type { ReportSecrets } from '../state/keys.js';
import { createStateCell, type StateCell, type StoreFailure } from '../state/state-cell.js';
import { initialState, newSecret, type State } from '../state/state.js';
import { createUnavailableStore } from '../state/unavailable-store.js';
import { readEndpoint } from '../transport/endpoint.js';
import { proxySettings } from '../transport/proxy-settings.js';
import type { Transport, TransportRequest } from '../transport/transport.js';
import { createWorkerTransport } from '../transport/worker-transport.js';
import { checkOptions } from './check-options.js';

/** What the parts of one reporter share. */
export interface Core {
  readonly options: ReporterOptions;
  /** The version as reports carry it. */
  readonly version: string;
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timers: Timers;
  readonly transport: Transport;
  readonly events: Events;
  readonly cell: StateCell;
  readonly audit: AuditLog;
  /** Returns where the state is kept; null if the host gave a store, or if there is no state directory. */
  directory(): string | null;
  /** Removes what killed processes left in the state directory. */
  tidy(): Promise<void>;
  /** Returns the mode for a state, and what decided it; undefined: the state was not read. */
  decide(state: State | undefined): Decision;
  /** Resolves to true if neither the configuration, nor the environment, nor the operator's kept choice decides. */
  isUndecided(): Promise<boolean>;
  endpoint(state: State): string;
  /** Returns the fields that the operator did not accept. */
  newFields(state: State): readonly ReportedField[];
  machine(state: State): MachineContext;
  /** Returns the secrets of the next report, drawn when they are first needed. */
  secrets(): ReportSecrets;
  /** Forgets the secrets of the last report. */
  renewSecrets(): void;
  describe(result: KeptResult): LastReport;
  describeErasure(reason: string): { message: string; remedy: string };
  describeDryRun(reason: string): ResultWords;
  /** What all requests have in common. */
  readonly requestSettings: Pick<TransportRequest, 'proxy' | 'timeouts' | 'ca' | 'extraCaFile'>;
}

/** Creates the core from the options; reads nothing and opens nothing. Throws on invalid options. */
export function createCore(options: ReporterOptions): Core {
  const { schedule, timeouts } = checkOptions(options);
  const { env, version } = options;
  const release = readVersion(version, options.developmentVersions);
  const configured = readConsent(options.consent);
  const configuredEndpoint = readEndpoint(options.endpoint);
  const clock = options.clock ?? systemClock;
  const timers = options.timers ?? systemTimers;
  const random = options.random ?? Math.random;
  const events = createEvents();
  const proxy = proxySettings(env);
  const extraCaFile = env.NODE_EXTRA_CA_CERTS;
  const host = typeof options.state === 'object' ? options.state : undefined;
  const named = typeof options.state === 'string' ? absolutePath(options.state) : undefined;
  let initial: State | undefined;
  let secrets: ReportSecrets | undefined;
  let stateDirectory: string | null | undefined;
  let files: FileStore | undefined;

  function directory(): string | null {
    if (host !== undefined) return null;
    // Looked up late, since a program that never reports needs no home directory.
    if (stateDirectory === undefined) {
      stateDirectory = named ?? defaultDirectory(options, process.platform) ?? null;
    }
    return stateDirectory;
  }

  function fileStore(): FileStore {
    const path = directory();
    files ??= path === null ? createUnavailableStore() : createFileStore(path, { now: () => clock.now() });
    return files;
  }

  const words = (): ResultContext => ({
    digest: options.fields.digest,
    hasProxy: [proxy.https, proxy.http, proxy.all].some((each) => each !== ''),
  });

  const core: Core = {
    options,
    version: release.text,
    schedule,
    clock,
    random,
    timers,
    transport:
      options.transport ??
      createWorkerTransport({
        onFallback: () =>
          events.warn(
            'WARN_TRANSPORT',
            'no worker thread could be started: requests run in the host’s own thread',
          ),
      }),
    events,
    directory,
    tidy: async () => (host === undefined ? fileStore().tidy() : undefined),
    cell: createStateCell({
      store: boundedStore(
        host ?? {
          read: () => fileStore().read(),
          compareAndSet: (expected, next) => fileStore().compareAndSet(expected, next),
          reset: (next) => fileStore().reset(next),
        },
        systemTimers,
      ),
      fallback: host === undefined,
      initial: () => (initial ??= initialState(clock)),
      onWritten: () => events.resolve('WARN_STATE'),
      onFailure: (error, failure) =>
        events.warn('WARN_STATE', `${consequences[failure]}: ${reasonOf(error)}`),
    }),
    audit: createAuditLog({
      path: () =>
        options.log ?? (directory() === null ? undefined : join(directory() ?? '', 'reports.jsonl')),
      onFailure(error): void {
        // The state has already warned of the same disk.
        if (core.cell.isLasting())
          events.warn('WARN_LOG', `the audit log is kept in memory only: ${reasonOf(error)}`);
      },
    }),
    decide: (state) =>
      resolveConsent({
        configured,
        chosen: state?.choice.mode ?? undefined,
        env,
        isDevelopment: release.isDevelopment,
        force: options.force ?? false,
        isStateBelieved: state === undefined || core.cell.isBelieved(),
      }),
    async isUndecided(): Promise<boolean> {
      if (configured !== undefined || core.decide(undefined).decidedBy === 'DO_NOT_TRACK') return false;
      try {
        // The kept choice is read in continuous integration too, so that a missing choice shows there.
        return (await core.cell.read()).choice.mode === null;
      } catch {
        // The state has already warned of the failing store, which may hold a choice.
        return false;
      }
    },
    endpoint: (state) => state.choice.endpoint ?? configuredEndpoint,
    newFields(state): readonly ReportedField[] {
      const accepted = options.requireAcceptance === false ? null : state.choice.fields;
      return accepted === null ? [] : fieldsBeyond(options.fields, accepted);
    },
    machine: (state) => ({
      time: presentTime(state.time, clock),
      random,
      schedule,
      lease: 2 * timeouts.total,
      version,
      get fingerprint(): string {
        const made = [core.endpoint(state), version, options.fields.digest, labelsOf(options.fields)];
        return createHash('sha256').update(JSON.stringify(made)).digest('base64url');
      },
      isLasting: core.cell.isLasting(),
    }),
    secrets: () => (secrets ??= { hash: newSecret(), id: newSecret() }),
    renewSecrets(): void {
      secrets = undefined;
    },
    describe: (result) => describeResult(result, words()),
    describeErasure: (reason) => describeErasure(reason, words()),
    describeDryRun: (reason) => describeDryRun(reason, words()),
    requestSettings: { proxy, timeouts, ca: options.ca, extraCaFile },
  };
  return core;
}

/** Resolves a path now, since the host may change its working directory later and the state must not move with it. */
function absolutePath(path: string): string {
  try {
    return resolve(path);
  } catch {
    // The working directory no longer exists.
    return path;
  }
}

const consequences: Readonly<Record<StoreFailure, string>> = {
  doubted:
    'the kept state is not believed, and nothing is sent until `off`, `local` or `clean` replaces it or it is repaired',
  postponed: 'the state cannot be used at present, and the report waits',
  unwritten: 'the state is kept in memory only, and at most one report is sent',
};
