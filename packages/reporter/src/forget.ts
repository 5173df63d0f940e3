import type { AuditEntry } from './audit-log.js';
import type { Core } from './run/core.js';
import { kept, reasonIn, request } from './run/run-due-report.js';
import { giveUp } from './schedule/machine.js';
import { reportId } from './state/state.js';
import { readEndpoint } from './transport/endpoint.js';

/** The result of erasing this installation's own reports. */
export interface Forgotten {
  /** Reports that their collector deleted, or never had. */
  readonly erased: number;
  /** Reports that are still to be erased. */
  readonly left: number;
  /** Why some are left: one entry for each endpoint and reason. */
  readonly failures: readonly ErasureFailure[];
}

/** Why reports were not erased. */
export interface ErasureFailure {
  readonly endpoint: string;
  /** HTTP status, error code, or a reason of the reporter's own. */
  readonly reason: string;
  /** One sentence that says what happened. */
  readonly message: string;
  /** What the operator can do. */
  readonly remedy: string;
}

/** A report that may be at a collector. */
interface Known {
  readonly id: string;
  readonly secret: string;
  readonly endpoint: string;
}

/**
 * Erases at their collectors the reports whose secrets the audit log keeps, whatever the mode is: newest first, since
 * old ones may have expired there. An exported report is erased at the present endpoint. After a failure that other
 * reports would meet too, it makes no further request to that endpoint.
 */
export async function forget(core: Core): Promise<Forgotten> {
  const present = core.endpoint(await core.cell.read());
  const known = knownReports(await core.audit.read(), present);
  const underWay = await giveUpPending(core, new Set(known.map(({ id }) => id)));
  const failures = new Map<string, ErasureFailure>();
  const closed = new Set<string>();
  let erased = 0;
  for (const report of known) {
    const { id, endpoint } = report;
    if (closed.has(endpoint)) continue;
    const reason = id === underWay ? 'under way' : await erase(core, report);
    if (reason === '204') {
      erased += 1;
      await core.audit.append({
        time: new Date(core.clock.now()).toISOString(),
        id,
        event: 'forgotten',
        endpoint,
      });
      continue;
    }
    failures.set(`${endpoint} ${reason}`, { endpoint, reason, ...core.describeErasure(reason) });
    if (reason !== 'under way' && reason !== '401') closed.add(endpoint);
  }
  return { erased, left: known.length - erased, failures: [...failures.values()] };
}

/** Returns the reports that may be at a collector, newest first. */
function knownReports(entries: readonly AuditEntry[], present: string): Known[] {
  const known = new Map<string, Known>();
  for (const { id, event, secret, endpoint = present } of entries) {
    if (event === 'forgotten') known.delete(id);
    // The log may have been edited: only the secret of this report is sent, never another value.
    else if (typeof secret === 'string' && reportId(secret) === id) known.set(id, { id, secret, endpoint });
  }
  return [...known.values()].toReversed();
}

/**
 * Gives up a pending report that may be at the collector, since a retry would send it again; resolves to its id if a
 * request for it is under way.
 */
async function giveUpPending(core: Core, ids: ReadonlySet<string>): Promise<string | undefined> {
  let underWay: string | undefined;
  await core.cell.update((state) => {
    underWay = undefined;
    const { pending, due } = state;
    if (pending === null || !ids.has(pending.id)) return undefined;
    const context = core.machine(state);
    if (pending.isOpen && due !== null && due > context.time.elapsed) {
      underWay = pending.id;
      return undefined;
    }
    const { state: next } = giveUp(state, pending, context);
    return { ...next, last: kept(core, pending.id, 'dropped', 'forgotten') };
  });
  return underWay;
}

async function erase(core: Core, { id, secret, endpoint }: Known): Promise<string> {
  let url: URL;
  try {
    // Plain HTTP is allowed where the operator allowed it for the report itself.
    url = new URL(readEndpoint(endpoint, true));
  } catch {
    return 'endpoint';
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${id}`;
  const outgoing = { url: url.href, method: 'DELETE', bearer: secret, body: new Uint8Array() } as const;
  return reasonIn(await request(core, outgoing, new AbortController().signal));
}
