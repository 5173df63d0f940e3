import { buildReport } from './build-report.js';
import { diagnose } from './diagnose.js';
import { forget } from './forget.js';
import { ReporterError } from './errors.js';
import { readExported } from './read-exported.js';
import { reasonOf } from './reason-of.js';
import type { LastReport } from './report-result.js';
import { labelsOf } from './reported-fields.js';
import type { Reporter } from './reporter.js';
import type { Core } from './run/core.js';
import { holdProcess } from './run/hold-process.js';
import {
  append,
  buildContext,
  deliver,
  keep,
  kept,
  reasonIn,
  send,
  wallOf,
  write,
} from './run/run-due-report.js';
import type { Scheduler } from './run/scheduler.js';
import type { UsedFeatures } from './run/used-features.js';
import { budgetDelay, budgetSize, recentRequests } from './schedule/delays.js';
import { accept, countRequest, isFresh } from './schedule/machine.js';
import { type Choice, initialState, newSecret, type Pending, type State } from './state/state.js';
import type { Status } from './status.js';
import { isInsecure, readEndpoint } from './transport/endpoint.js';
import { isSuccess } from './transport/transport.js';

/**
 * The calls that an operator makes through the host program; unlike the others, they may reject and keep the process
 * open.
 */
export type Operator = Pick<
  Reporter,
  | 'preview'
  | 'status'
  | 'log'
  | 'setMode'
  | 'setEndpoint'
  | 'accept'
  | 'clean'
  | 'export'
  | 'send'
  | 'reportNow'
  | 'forget'
  | 'diagnose'
>;

/** Creates the operator's calls of one reporter. */
export function createOperator(
  core: Core,
  scheduler: Pick<Scheduler, 'refresh'>,
  features: Pick<UsedFeatures, 'addTo'>,
): Operator {
  const { cell, audit, clock, options } = core;

  return {
    preview: () => holdProcess(preview),
    status: () => holdProcess(status),
    log: () => holdProcess(audit.read),
    setMode: (mode) =>
      holdProcess(async () => {
        if (mode === 'on') await choose({ mode, fields: labelsOf(options.fields) });
        else await change((state) => withMode(state, mode), cell.replace);
      }),
    setEndpoint: (endpoint, { insecure = false } = {}) =>
      holdProcess(() => choose({ endpoint: endpoint === null ? null : readEndpoint(endpoint, insecure) })),
    accept: () => holdProcess(() => choose({ fields: labelsOf(options.fields) })),
    clean: () => holdProcess(clean),
    export: () => holdProcess(exportReport),
    send: (report) => holdProcess(() => sendExported(report)),
    reportNow: () => holdProcess(reportNow),
    diagnose: () => holdProcess(() => diagnose(core, preview)),
    forget: () =>
      holdProcess(async () => {
        const forgotten = await forget(core);
        await scheduler.refresh();
        return forgotten;
      }),
  };

  async function preview(): Promise<Uint8Array> {
    const state = await cell.read();
    const pending = pendingOf(state);
    return bytesOf(pending ?? (await buildReport(features.addTo(state), buildContext(core, state))));
  }

  async function status(): Promise<Status> {
    let state: State | undefined;
    try {
      state = await cell.read();
    } catch (error) {
      core.events.warn('WARN_STATE', `the state cannot be read at present: ${reasonOf(error)}`);
    }
    const shown = state ?? initialState(clock);
    const decision = core.decide(state);
    // The operator may have said no in a state that cannot be read.
    const { mode, decidedBy } =
      state === undefined && decision.mode === 'on'
        ? ({ mode: 'local', decidedBy: 'unreadable state' } as const)
        : decision;
    const { time } = core.machine(shown);
    const newFields = core.newFields(shown);
    const gone = shown.gone === options.version;
    const isHeld = mode === 'off' || newFields.length > 0 || gone;
    const isPlanned = shown.due !== null && shown.due > time.elapsed;
    return {
      product: options.product,
      version: options.version,
      mode,
      decidedBy,
      endpoint: core.endpoint(shown),
      isInsecure: isInsecure(core.endpoint(shown)),
      endpointFrom: shown.choice.endpoint === null ? 'configuration' : 'operator',
      last: shown.accepted,
      next: isHeld || !isPlanned ? null : wallOf(core, shown, shown.due),
      lastReport: shown.last === null ? null : core.describe(shown.last),
      pending: shown.pending !== null,
      newFields,
      gone,
      requests: recentRequests(time).length,
      directory: core.directory(),
      isLasting: cell.isLasting(),
      warning: core.events.warning(),
    };
  }

  async function clean(): Promise<void> {
    // The state comes first: if it cannot be written, the audit log stays as well.
    await change((state) => {
      const { choice, due, told, last, time } = state;
      if (due === null && told === null && last === null && cell.isBelieved()) return undefined;
      // Cleaning must not reset the request budget, nor make this installation count twice.
      return { ...initialState(clock), choice, told, time };
    }, cell.replace);
    await core.tidy();
    await audit.clear();
  }

  async function exportReport(): Promise<Uint8Array> {
    const pending = await takeOut();
    await append(core, pending, 'exported');
    await cell.update((now) =>
      now.pending?.id === pending.id
        ? {
            ...accept(now, pending, core.machine(now)),
            last: kept(core, pending.id, 'exported', null),
          }
        : undefined,
    );
    await scheduler.refresh();
    return bytesOf(pending);
  }

  async function sendExported(report: Uint8Array): Promise<LastReport> {
    refuseOff(await cell.read());
    const read = readExported(report);
    const state = await cell.update((now) => {
      refuseOff(now);
      return countRequest(now, core.machine(now), false) ?? refuseBudget(now);
    });
    if (state === undefined) throw new ReporterError('ERR_STATE_UNWRITABLE', 'the request was not counted');
    await append(core, read, 'sending', core.endpoint(state));
    const result = await deliver(core, state, report, new AbortController().signal);
    const became = kept(core, read.id, isSuccess(result) ? 'accepted' : 'dropped', reasonIn(result));
    await audit.append({
      time: new Date(became.at).toISOString(),
      id: read.id,
      event: isSuccess(result) ? 'accepted' : 'dropped',
      reason: reasonIn(result),
    });
    return core.describe(became);
  }

  async function reportNow(): Promise<LastReport> {
    if (core.newFields(await cell.read()).length > 0) {
      throw new ReporterError('ERR_NEW_FIELDS', 'there are new fields that nobody accepted yet');
    }
    const pending = await takeOut();
    const state = await cell.read();
    const isOut = core.decide(state).mode === 'on';
    if (isOut && budgetDelay(core.machine(state).time, pending.failures > 0) > 0) {
      refuseBudget(state);
    }
    const last = isOut ? await send(core, pending, new AbortController().signal) : await write(core, pending);
    await scheduler.refresh();
    return last ?? (await resultElsewhere(pending));
  }

  /** Resolves to what became of a report that another process sent at the same moment. */
  async function resultElsewhere({ id }: Pending): Promise<LastReport> {
    const { last } = await cell.read();
    if (last?.id === id) return core.describe(last);
    throw new ReporterError(
      'ERR_STATE_UNWRITABLE',
      'another process took the report; the log says what became of it',
    );
  }

  async function choose(choice: Partial<Choice>): Promise<void> {
    await change((state) => ({ ...state, choice: { ...state.choice, ...choice } }), cell.update);
  }

  async function change(
    next: (state: State) => State | undefined,
    by: typeof cell.update | typeof cell.replace,
  ): Promise<void> {
    await by((state) => {
      if (by === cell.update && !cell.isBelieved()) {
        throw new ReporterError(
          'ERR_STATE_INVALID',
          'the kept state is not believed, and an endpoint of yours may be lost with it: clean first, then choose again',
        );
      }
      return next(state);
    });
    if (!cell.isLasting()) {
      throw new ReporterError(
        'ERR_STATE_UNWRITABLE',
        `nothing was kept: ${core.events.warning() ?? 'the state cannot be written'}`,
      );
    }
    await scheduler.refresh();
  }

  /** Resolves to the pending report, or makes a new one and keeps it as pending. */
  async function takeOut(): Promise<Pending> {
    for (;;) {
      const state = await cell.read();
      refuseOff(state);
      const pending = pendingOf(state);
      if (pending !== undefined) return pending;
      const built = await buildReport(features.addTo(state), buildContext(core, state));
      if (state.pending !== null) {
        await cell.update((now) => (pendingOf(now) === undefined ? { ...now, pending: null } : undefined));
      }
      const taken = await keep(core, built);
      if (taken?.id === built.id) return taken;
    }
  }

  function pendingOf(state: State): Pending | undefined {
    const { pending } = state;
    return pending !== null && isFresh(pending, core.machine(state)) ? pending : undefined;
  }

  function refuseOff(state: State): void {
    if (core.decide(state).mode === 'off') {
      throw new ReporterError('ERR_OFF', 'reporting is off; the status says what decided that');
    }
    if (!cell.isBelieved()) {
      throw new ReporterError(
        'ERR_STATE_INVALID',
        'the kept state is not believed: clean first, then choose again',
      );
    }
  }

  function refuseBudget(state: State): never {
    const { time } = core.machine(state);
    const minutes = Math.ceil(budgetDelay(time, true) / 60_000);
    throw new ReporterError(
      'ERR_BUDGET',
      `all ${budgetSize} requests of 24 hours are used up; the next may go in ${minutes} minutes`,
    );
  }
}

/**
 * Returns the state with a chosen mode; `off` also clears the pending report, the used features, and what the
 * configuration is compared with.
 */
function withMode(state: State, mode: 'local' | 'off'): State {
  const chosen = { ...state, choice: { ...state.choice, mode } };
  if (mode === 'local') return chosen;
  const comparison = { secret: newSecret(), digest: null };
  return { ...chosen, pending: null, features: [], comparison };
}

function bytesOf({ text }: Pick<Pending, 'text'>): Uint8Array {
  return new TextEncoder().encode(text);
}
