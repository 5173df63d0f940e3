import type { Report } from '@candor/protocol';
import { ReporterError } from './errors.js';
import { buildReport, type Built, reportText } from './build-report.js';
import { append, deliver } from './run/run-due-report.js';
import { fieldLabels, type Core } from './run/core.js';
import type { Scheduler } from './run/scheduler.js';
import { recentRequests } from './schedule/delays.js';
import { accept, isFresh, isSuccess, prepare } from './schedule/machine.js';
import { initialState, type Choice, type Pending, type State } from './state/state.js';
import { readEndpoint } from './transport/endpoint.js';
import type { Reporter } from './reporter.js';

/** The calls that an operator makes through the host program; unlike the rest, they may reject. */
export type Operator = Pick<
  Reporter,
  'preview' | 'status' | 'log' | 'setMode' | 'setEndpoint' | 'accept' | 'clean' | 'export' | 'send'
>;

/** Creates the operator's calls of one reporter. */
export function createOperator(core: Core, loop: Pick<Scheduler, 'refresh' | 'withTouched'>): Operator {
  const { cell, audit, clock, options } = core;

  return {
    async preview(): Promise<Uint8Array> {
      const state = await cell.read();
      return bytesOf(pendingOf(state) ?? (await build(state)));
    },

    async status() {
      const state = await cell.read();
      const { mode, decidedBy } = core.decide(state);
      const newFields = core.newFields(state);
      const gone = state.gone === options.version;
      const isHeld = mode === 'off' || newFields.length > 0 || gone;
      return {
        product: options.product,
        version: options.version,
        mode,
        decidedBy,
        endpoint: core.endpoint(state),
        endpointFrom: state.choice.endpoint === null ? 'configuration' : 'operator',
        last: state.accepted,
        next: isHeld ? null : state.due,
        pending: state.pending !== null,
        newFields,
        gone,
        requests: recentRequests(state.requests, clock.now()).length,
        directory: core.directory,
        warning: core.events.warning(),
      };
    },

    log: () => audit.read(),

    async setMode(mode): Promise<void> {
      const fields = mode === 'on' ? { fields: fieldLabels(options) } : {};
      await choose({ mode, ...fields }, (state) =>
        mode === 'off' ? { ...state, pending: null, features: [] } : state,
      );
    },

    async setEndpoint(endpoint): Promise<void> {
      await choose({ endpoint: endpoint === null ? null : readEndpoint(endpoint) });
    },

    async accept(): Promise<void> {
      await choose({ fields: fieldLabels(options) });
    },

    async clean(): Promise<void> {
      await audit.clear();
      await change((state) => {
        const { choice, requests, due, accepted, gone } = state;
        if (due === null && accepted === null && gone === null) return undefined;
        // Requests of this day still count: cleaning must not refill the budget.
        return { ...initialState(clock.now()), choice, requests };
      });
    },

    async export(): Promise<Uint8Array> {
      const { state, pending } = await takeOut();
      await append(core, pending, 'exported');
      await cell.update((now) =>
        now.pending?.id === pending.id ? accept(now, pending, core.machine(state)) : undefined,
      );
      await loop.refresh();
      return bytesOf(pending);
    },

    async send(report) {
      const state = await cell.read();
      refuseOff(state);
      const read = readReport(report);
      await append(core, read, 'sending', core.endpoint(state));
      const outcome = await deliver(core, state, report, new AbortController().signal);
      await core.audit.append({
        time: new Date(clock.now()).toISOString(),
        id: read.id,
        event: isSuccess(outcome) ? 'accepted' : 'dropped',
        reason: outcome.kind === 'answer' ? String(outcome.status) : outcome.code,
      });
      return outcome;
    },
  };

  async function choose(choice: Partial<Choice>, also = (state: State): State => state): Promise<void> {
    await change((state) => also({ ...state, choice: { ...state.choice, ...choice } }));
  }

  async function change(next: (state: State) => State | undefined): Promise<void> {
    await cell.update(next);
    if (!cell.isLasting()) {
      throw new ReporterError(
        'ERR_STATE_UNWRITABLE',
        'the state directory cannot be written: nothing was kept',
      );
    }
    await loop.refresh();
  }

  /** The report that is pending, or a new one that is from now on. */
  async function takeOut(): Promise<{ state: State; pending: Pending }> {
    for (;;) {
      const state = await cell.read();
      refuseOff(state);
      const pending = pendingOf(state);
      if (pending !== undefined) return { state, pending };
      const built = await build(state);
      const prepared = await cell.update((now) =>
        prepare(pendingOf(now) === undefined ? { ...now, pending: null } : now, built, core.machine(now)),
      );
      if (prepared?.pending?.id === built.id) return { state: prepared, pending: prepared.pending };
    }
  }

  function pendingOf(state: State): Pending | undefined {
    const { pending } = state;
    return pending !== null && isFresh(pending, core.machine(state)) ? pending : undefined;
  }

  function build(state: State): Promise<Built> {
    return buildReport(loop.withTouched(state), {
      options,
      endpoint: core.endpoint(state),
      now: clock.now(),
    });
  }

  function refuseOff(state: State): void {
    const { mode, decidedBy } = core.decide(state);
    if (mode === 'off') throw new ReporterError('ERR_OFF', `reporting is off, decided by ${decidedBy}`);
  }
}

/** Reads an exported report; throws `ERR_REPORT_INVALID`. */
function readReport(bytes: Uint8Array): { id: string; text: string } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's message quotes the report.
    throw new ReporterError('ERR_REPORT_INVALID', 'report: expected JSON');
  }
  const text = reportText(value);
  return { id: (JSON.parse(text) as Report).id, text };
}

function bytesOf({ text }: Pick<Built, 'text'>): Uint8Array {
  return new TextEncoder().encode(text);
}
