/** What the worker thread says first. A bundle may lie beside a file of the host's that bears the worker's name. */
export const workerGreeting = 'candor-transport-worker 1';
