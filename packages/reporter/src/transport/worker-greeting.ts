/** The worker thread's first message: a file of the host's that has the worker's name does not send it. */
export const workerGreeting = 'candor-transport-worker 1';
