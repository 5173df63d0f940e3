import { lookupFailure } from './describe-result.js';
import { reasonOf } from './reason-of.js';
import type { Core } from './run/core.js';
import { reasonIn, request } from './run/run-due-report.js';
import { budgetDelay, budgetSize } from './schedule/delays.js';
import { countRequest } from './schedule/machine.js';
import type { State } from './state/state.js';
import { mayHaveArrived, type TransportResult } from './transport/transport.js';

/** The steps of reporting, in the order in which they are tried. */
export type DiagnosisStepName =
  'state' | 'choice' | 'report' | 'budget' | 'proxy' | 'name' | 'connection' | 'response';

/** One step that was tried. */
export interface DiagnosisStep {
  readonly name: DiagnosisStepName;
  /** One sentence that says what was found. */
  readonly message: string;
  /** What the operator can do; null if the step passed. */
  readonly remedy: string | null;
}

/** The result of trying each step of reporting. */
export interface Diagnosis {
  readonly steps: readonly DiagnosisStep[];
  /** Why the later steps were not tried; null if all were, or if one of `steps` failed. */
  readonly untried: string | null;
}

/**
 * Tries each step up to the first one of the network that fails. If reports may be sent, it sends the next one as a dry
 * run, which the collector does not store; this counts as one of the twelve requests of 24 hours, since it carries a
 * report. If not (off, local, new fields), it makes no request. The audit log is not written.
 */
export async function diagnose(core: Core, preview: () => Promise<Uint8Array>): Promise<Diagnosis> {
  const steps: DiagnosisStep[] = [];
  const state = await tryState(core, steps);
  if (state === undefined) return { steps, untried: null };
  steps.push(choiceStep(core, state));
  const body = await tryReport(preview, steps);
  const { mode } = core.decide(state);
  if (mode !== 'on') {
    return { steps, untried: `The mode is ${mode}: nothing is tried over the network.` };
  }
  if (body === undefined || !mayGo(core, state)) return { steps, untried: null };
  const counted = await count(core, steps);
  if (counted !== undefined) steps.push(...(await tryDryRun(core, core.endpoint(counted), body)));
  return { steps, untried: null };
}

async function tryState(core: Core, steps: DiagnosisStep[]): Promise<State | undefined> {
  const { cell } = core;
  try {
    const state = await cell.update((now) => ({ ...now, time: core.machine(now).time }));
    steps.push(stateStep(core));
    return state;
  } catch (error) {
    const message = `The state cannot be used at present: ${reasonOf(error)}.`;
    steps.push({
      name: 'state',
      message,
      remedy: 'Run `usage doctor` again when it can be read and written.',
    });
    return undefined;
  }
}

function stateStep({ cell, events, directory }: Core): DiagnosisStep {
  const name = 'state';
  if (!cell.isBelieved()) {
    const message = `The kept state cannot be read or trusted, and nothing is sent: ${cell.doubt()}.`;
    return { name, message, remedy: 'Repair that, or run `usage clean`; then choose again.' };
  }
  if (!cell.isLasting()) {
    return {
      name,
      message: `The state ends with the process: ${events.warning() ?? 'it cannot be written'}.`,
      remedy: 'Let the program write its state directory; a container needs a volume there.',
    };
  }
  const where = directory() ?? "the program's own store";
  return { name, message: `The state can be written, and is kept in ${where}.`, remedy: null };
}

function choiceStep(core: Core, state: State): DiagnosisStep {
  const name = 'choice';
  const { mode, decidedBy } = core.decide(state);
  if (decidedBy === 'nobody') {
    const message = 'Nobody has decided yet whether to report.';
    return { name, message, remedy: 'Run `usage on`, `usage local` or `usage off`.' };
  }
  if (decidedBy === 'unreadable state') {
    const message = 'The kept choice cannot be read or trusted, so no report is sent.';
    return { name, message, remedy: 'Run `usage clean`, then choose again.' };
  }
  const count = mode === 'off' ? 0 : core.newFields(state).length;
  if (count > 0) {
    const message = `There are new fields that nobody accepted yet: ${count}.`;
    return { name, message, remedy: 'Look at `usage status`, then run `usage accept`.' };
  }
  return { name, message: `A choice was made: ${mode}.`, remedy: null };
}

async function tryReport(
  preview: () => Promise<Uint8Array>,
  steps: DiagnosisStep[],
): Promise<Uint8Array | undefined> {
  const name = 'report';
  try {
    const body = await preview();
    steps.push({ name, message: 'A report can be made of the configuration.', remedy: null });
    return body;
  } catch (error) {
    const message = `No report can be made: ${reasonOf(error)}.`;
    steps.push({ name, message, remedy: "The program's maintainer must find out why." });
    return undefined;
  }
}

function mayGo(core: Core, state: State): boolean {
  return core.decide(state).mode === 'on' && core.newFields(state).length === 0;
}

/** Counts the request, in the write right before it is made; resolves to undefined if it may not be made. */
async function count(core: Core, steps: DiagnosisStep[]): Promise<State | undefined> {
  let seen: State | undefined;
  const counted = await core.cell.update((now) => {
    seen = now;
    return mayGo(core, now) ? countRequest(now, core.machine(now), false) : undefined;
  });
  if (counted !== undefined || seen === undefined) return counted;
  const { time } = core.machine(seen);
  const minutes = Math.ceil(budgetDelay(time, false) / 60_000);
  steps.push(
    mayGo(core, seen)
      ? {
          name: 'budget',
          message: `All ${budgetSize} requests of 24 hours are used up.`,
          remedy: `Run \`usage doctor\` again in ${minutes} minutes.`,
        }
      : {
          name: 'choice',
          message: 'The choice changed at this moment.',
          remedy: 'Run `usage doctor` again.',
        },
  );
  return undefined;
}

async function tryDryRun(core: Core, endpoint: string, body: Uint8Array): Promise<DiagnosisStep[]> {
  const url = new URL(endpoint);
  url.search = url.search === '' ? '?dry-run' : `${url.search}&dry-run`;
  const result = await request(core, { url: url.href, body }, new AbortController().signal);
  // Imported late, since the module loads Node's network modules.
  const { chooseProxy } = await import('./transport/choose-proxy.js');
  const isProxied = chooseProxy(endpoint, core.requestSettings.proxy).kind === 'proxy';
  const isEncrypted = url.protocol === 'https:';
  const passed: DiagnosisStep[] = [
    {
      name: 'proxy',
      message: isProxied ? 'The proxy of the environment can be used.' : 'No proxy is used for the endpoint.',
      remedy: null,
    },
    {
      name: 'name',
      message: isProxied ? 'The proxy looks the name up.' : 'The address of the endpoint is known.',
      remedy: null,
    },
    {
      name: 'connection',
      message: `A connection was made, ${isEncrypted ? 'encrypted' : 'not encrypted'}.`,
      remedy: null,
    },
  ];
  const name = lastStep(result, isProxied);
  const last = { name, ...core.describeDryRun(reasonIn(result)) };
  const at = passed.findIndex((step) => step.name === name);
  return [...(at === -1 ? passed : passed.slice(0, at)), last];
}

/** Returns the last step that a dry run reached. */
function lastStep(result: TransportResult, isProxied: boolean): DiagnosisStepName {
  if (result.kind === 'answer') return result.status === 407 && isProxied ? 'proxy' : 'response';
  if (result.code.startsWith('ERR_PROXY_')) return 'proxy';
  if (mayHaveArrived(result)) return 'response';
  return !isProxied && lookupFailure.test(result.code) ? 'name' : 'connection';
}
