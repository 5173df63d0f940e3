import { type Built, buildReport } from '../build-report.js';
import { claim, prepare, scheduleNext, applyResult } from '../schedule/machine.js';
import type { Claim, AppliedResult } from '../schedule/machine.js';
import type { Pending, State } from '../state/state.js';
import type { AuditEntry } from '../audit-log.js';
import type { TransportResult } from '../transport/transport.js';
import { type Core, reasonOf } from './core.js';

/**
 * Takes the turn that `seen` says is due, unless another process took it: makes the report, keeps it, sends
 * it, and keeps what became of it. Rejects only when a shared store does. Answers whether a request was made.
 */
export async function runDueReport(core: Core, seen: State, signal: AbortSignal): Promise<boolean> {
  const { cell } = core;
  const isOut = core.decide(seen).mode === 'on';
  let claimed: Claim | undefined;
  const state = await cell.update((state) => {
    claimed = undefined;
    if (state.due !== seen.due || core.decide(state).mode !== core.decide(seen).mode) return undefined;
    claimed = claim(state, core.machine(state), isOut);
    return claimed.state;
  });
  if (state === undefined || claimed === undefined) return false;
  if (claimed.dropped !== null) {
    await conclude(
      core,
      claimed.dropped.id,
      'dropped',
      claimed.dropped.failures > 0 ? 'no answer' : 'outdated',
    );
  }
  if (claimed.action === 'wait') return false;
  const pending = state.pending ?? (await makeReport(core, state, signal));
  if (pending === undefined || signal.aborted) return false;
  if (isOut) await send(core, state, pending, signal);
  else await write(core, pending);
  return isOut;
}

async function makeReport(core: Core, state: State, signal: AbortSignal): Promise<Pending | undefined> {
  // The host's content may never come; whoever stops must not wait for it.
  const built = await unlessAborted(build(core, state), signal);
  if (signal.aborted) return undefined;
  if (built === undefined) {
    await core.cell.update((now) =>
      now.due === state.due ? scheduleNext(now, core.machine(now)) : undefined,
    );
    core.events.emit({ type: 'dropped', id: state.nextId, reason: 'content' });
    return undefined;
  }
  const prepared = await core.cell.update((now) => prepare(now, built, core.machine(now)));
  return prepared?.pending ?? undefined;
}

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
    // The signal lives as long as the host.
    signal.removeEventListener('abort', giveUp);
  }
}

async function build(core: Core, state: State): Promise<Built | undefined> {
  try {
    return await buildReport(state, {
      options: core.options,
      endpoint: core.endpoint(state),
      now: core.clock.now(),
    });
  } catch (error) {
    core.events.warn('WARN_CONTENT', `no report was made: ${reasonOf(error)}`);
    return undefined;
  }
}

async function send(core: Core, state: State, pending: Pending, signal: AbortSignal): Promise<void> {
  if (pending.failures === 0) await append(core, pending, 'sending', core.endpoint(state));
  const outcome = await deliver(core, state, new TextEncoder().encode(pending.text), signal);
  // Nothing is known of a request that was given up: the report stays pending, as after a crash.
  if (signal.aborted) return;
  let settled: AppliedResult | undefined;
  const after = await core.cell.update((now) => {
    settled = applyResult(now, pending.id, outcome, core.machine(now));
    return settled?.state;
  });
  if (after === undefined || settled === undefined) return;
  const { id } = pending;
  const reason = outcome.kind === 'answer' ? String(outcome.status) : outcome.code;
  switch (settled.result) {
    case 'accepted':
      return conclude(core, id, 'accepted', reason);
    case 'retrying':
      return conclude(core, id, 'retrying', reason, after.due ?? undefined);
    default:
      return conclude(core, id, 'dropped', reason);
  }
}

/** Hands a report to the transport; never rejects. */
export async function deliver(
  core: Core,
  state: State,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<TransportResult> {
  try {
    return await core.transport(core.transportRequest(state, body), signal);
  } catch {
    return { kind: 'failure', code: 'ERR_TRANSPORT' };
  }
}

async function write(core: Core, pending: Pending): Promise<void> {
  const done = await core.cell.update((now) =>
    now.pending?.id === pending.id ? scheduleNext(now, core.machine(now)) : undefined,
  );
  if (done === undefined) return;
  await append(core, pending, 'written');
  core.events.emit({ type: 'written', id: pending.id });
}

async function conclude(
  core: Core,
  id: string,
  event: 'accepted' | 'retrying' | 'dropped',
  reason: string,
  at = 0,
): Promise<void> {
  await core.audit.append({ time: new Date(core.clock.now()).toISOString(), id, event, reason });
  if (event === 'accepted') core.events.emit({ type: 'sent', id, status: Number(reason) });
  else if (event === 'dropped') core.events.emit({ type: 'dropped', id, reason });
  else core.events.emit({ type: 'retrying', id, reason, at });
}

/** Writes a report in the audit log. */
export async function append(
  core: Core,
  report: Pick<Pending, 'id' | 'text'>,
  event: 'sending' | 'written' | 'exported',
  endpoint?: string,
): Promise<void> {
  await core.audit.append({
    time: new Date(core.clock.now()).toISOString(),
    id: report.id,
    event,
    endpoint,
    report: JSON.parse(report.text) as AuditEntry['report'],
  });
}
