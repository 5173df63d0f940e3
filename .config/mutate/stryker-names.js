/** The global object through which Stryker's switches are set and read. */
export const namespace = '__stryker__';

/** The environment variable that names the active mutant to a process that starts. */
export const activeMutant = '__STRYKER_ACTIVE_MUTANT__';
