// The schedule as a pure state machine, for simulations in this repository; the published package does not export it.
export { firstFlags } from './schedule/first-flags.js';
export { firstTime, type InstallationTime, presentTime } from './schedule/installation-time.js';
export {
  type AppliedResult,
  applyResult,
  begin,
  nextAction,
  type NextAction,
  isFresh,
  type MachineContext,
  open,
  prepare,
  scheduleNext,
} from './schedule/machine.js';
export { defaultSchedule, type Schedule } from './schedule/schedule.js';
export { initialState, newSecret, type Pending, reportId, type State } from './state/state.js';
