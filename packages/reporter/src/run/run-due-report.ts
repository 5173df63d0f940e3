import { type Built, buildReport } from '../build-report.js';
import { ReporterError } from '../errors.js';
import { reasonOf } from '../reason-of.js';
import type { KeptResult, LastReport, ReportResult } from '../report-result.js';
import {
  applyResult,
  nextAction,
  type NextAction,
  open,
  prepare,
  scheduleNext,
} from '../schedule/machine.js';
import type { Pending, State } from '../state/state.js';
import type { TransportRequest, TransportResult } from '../transport/transport.js';
import type { AuditEntry } from '../audit-log.js';
import { systemTimers } from '../clock.js';
import { within } from '../within.js';
import type { Core } from './core.js';

/** How long the host may take to build a report's content. */
const contentPatience = 5 * 60_000;

/**
 * Runs the report that is due in `seen`, unless another process took it: builds it, keeps it as pending, sends it and
 * keeps the result. Rejects only if the store does.
 */
export async function runDueReport(core: Core, seen: State, signal: AbortSignal): Promise<void> {
  const { cell } = core;
  const isOut = core.decide(seen).mode === 'on';
  let next: NextAction | undefined;
  const state = await cell.update((state) => {
    next = undefined;
    if (state.due !== seen.due || core.decide(state).mode !== core.decide(seen).mode) return undefined;
    next = nextAction(state, core.machine(state), isOut);
    const { dropped } = next;
    if (dropped === null) return next.state;
    // The result of the last try is a better reason than that no further try was made.
    const reason = state.last?.id === dropped.id ? state.last.reason : reasonToGiveUp(dropped);
    return { ...next.state, last: kept(core, dropped.id, 'dropped', reason) };
  });
  if (state === undefined || next === undefined) return;
  if (next.dropped !== null && state.last !== null) await report(core, state.last);
  if (next.action === 'wait') return;
  const pending = state.pending ?? (await makeReport(core, state, signal));
  if (pending === undefined || signal.aborted) return;
  if (isOut) await send(core, pending, signal);
  else await write(core, pending);
}

function reasonToGiveUp({ isOpen, isSeen, failures }: Pending): string {
  return isOpen || isSeen || failures > 0 ? 'no answer' : 'outdated';
}

async function makeReport(core: Core, state: State, signal: AbortSignal): Promise<Pending | undefined> {
  const built = await unlessAborted(build(core, state), signal);
  if (signal.aborted) return undefined;
  if (built === undefined) {
    await core.cell.update((now) =>
      now.due === state.due
        ? { ...scheduleNext(now, core.machine(now)), last: kept(core, '', 'failed', 'content') }
        : undefined,
    );
    await report(core, kept(core, '', 'failed', 'content'));
    return undefined;
  }
  return keep(core, built);
}

/**
 * Keeps a new report as pending; resolves to undefined if another one is pending already. Its secrets are not used
 * again.
 */
export async function keep(core: Core, built: Built): Promise<Pending | undefined> {
  const prepared = await core.cell.update((now) => prepare(now, built, core.machine(now)));
  core.renewSecrets();
  return prepared?.pending ?? undefined;
}

/** Resolves to undefined once aborted: the host's content may never come, and `stop` must not wait for it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let giveUp = (): void => {};
  const given = new Promise<undefined>((resolve) => {
    giveUp = () => resolve(undefined);
  });
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) return undefined;
    return await Promise.race([work, given]);
  } finally {
    // The signal may live as long as the host, so its listener is removed.
    signal.removeEventListener('abort', giveUp);
  }
}

async function build(core: Core, state: State): Promise<Built | undefined> {
  try {
    const late = (): ReporterError =>
      new ReporterError(
        'ERR_REPORT_INVALID',
        `the host made no content in ${contentPatience / 60_000} minutes`,
      );
    return await within(systemTimers, contentPatience, buildReport(state, buildContext(core, state)), late);
  } catch (error) {
    core.events.warn('WARN_CONTENT', `no report was made: ${reasonOf(error)}`);
    return undefined;
  }
}

/** Returns what `buildReport` needs for the next report of a state. */
export function buildContext(core: Core, state: State): Parameters<typeof buildReport>[1] {
  const { time, isLasting } = core.machine(state);
  return {
    options: core.options,
    version: core.version,
    endpoint: core.endpoint(state),
    time,
    secrets: core.secrets(),
    isLasting,
  };
}

/**
 * Sends the pending report. The mode, the endpoint and the field list are checked again in the write right before the
 * request: building a report takes time, and the operator may have said no meanwhile, in any process.
 */
export async function send(
  core: Core,
  pending: Pending,
  signal: AbortSignal,
): Promise<LastReport | undefined> {
  const { id } = pending;
  const planned = await core.cell.read();
  if (pending.failures === 0) await append(core, pending, 'sending', core.endpoint(planned));
  const opened = await core.cell.update((now) =>
    core.decide(now).mode === 'on' && core.newFields(now).length === 0
      ? open(now, id, core.machine(now))
      : undefined,
  );
  if (opened === undefined || signal.aborted) {
    if (signal.aborted) return undefined;
    return report(core, kept(core, id, 'dropped', 'choice changed'));
  }
  const result = await deliver(core, opened, new TextEncoder().encode(pending.text), signal);
  // After an aborted request the report stays pending, as after a crash: it may have arrived.
  if (signal.aborted) return undefined;
  const reason = reasonIn(result);
  const after = await core.cell.update((now) => {
    const applied = applyResult(now, id, result, core.machine(now));
    return applied && { ...applied.state, last: kept(core, id, applied.result, reason) };
  });
  if (after === undefined || after.last === null) return undefined;
  return report(core, after.last, after);
}

/** Returns the reason of a result: an HTTP status or an error code. */
export function reasonIn(result: TransportResult): string {
  return result.kind === 'answer' ? String(result.status) : result.code;
}

/** Hands a report to the transport; never rejects. */
export function deliver(
  core: Core,
  state: State,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<TransportResult> {
  return request(core, { url: core.endpoint(state), body }, signal);
}

/** Sends a request through the transport; never rejects. */
export async function request(
  core: Core,
  outgoing: Pick<TransportRequest, 'url' | 'body' | 'method' | 'bearer'>,
  signal: AbortSignal,
): Promise<TransportResult> {
  try {
    return await core.transport({ ...core.requestSettings, ...outgoing }, signal);
  } catch {
    return { kind: 'failure', code: 'ERR_TRANSPORT' };
  }
}

/** Writes the pending report to the audit log instead of sending it. */
export async function write(core: Core, pending: Pending): Promise<LastReport | undefined> {
  const done = await core.cell.update((now) =>
    now.pending?.id === pending.id
      ? { ...scheduleNext(now, core.machine(now)), last: kept(core, pending.id, 'written', null) }
      : undefined,
  );
  if (done?.last == null) return undefined;
  await append(core, pending, 'written');
  core.events.emit({ type: 'written', id: pending.id });
  return core.describe(done.last);
}

/** Returns the result of a report as the state keeps it. */
export function kept(core: Core, id: string, result: ReportResult, reason: string | null): KeptResult {
  return { id, at: core.clock.now(), result, reason };
}

/** Tells the audit log and the host what became of a report. */
async function report(core: Core, last: KeptResult, state?: State): Promise<LastReport> {
  const described = core.describe(last);
  const { id, at, result, message, remedy } = described;
  const reason = described.reason ?? '';
  if (id !== '' && (result === 'accepted' || result === 'retrying' || result === 'dropped')) {
    await core.audit.append({ time: new Date(at).toISOString(), id, event: result, reason });
  }
  const words = remedy === null ? message : `${message} ${remedy}`;
  if (result === 'accepted') core.events.emit({ type: 'sent', id, status: Number(reason) });
  else if (result === 'retrying') {
    const next = state === undefined ? at : wallOf(core, state, state.due);
    core.events.emit({ type: 'retrying', id, at: next, reason, message: words });
  } else core.events.emit({ type: 'dropped', id, reason, message: words });
  return described;
}

/** Returns the wall-clock time of a moment in `elapsed`. */
export function wallOf(core: Core, state: State, elapsed: number | null): number {
  const { time } = core.machine(state);
  return Math.round(time.wall + (elapsed ?? time.elapsed) - time.elapsed);
}

/** Writes a report in the audit log. */
export async function append(
  core: Core,
  report: Pick<Pending, 'id' | 'text'> & { readonly secret?: string },
  event: 'sending' | 'written' | 'exported',
  endpoint?: string,
): Promise<void> {
  await core.audit.append({
    time: new Date(core.clock.now()).toISOString(),
    id: report.id,
    event,
    endpoint,
    // A report that was not sent needs no secret to erase it with.
    secret: event === 'written' ? undefined : report.secret,
    report: JSON.parse(report.text) as AuditEntry['report'],
  });
}
