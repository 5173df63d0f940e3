/** Resolves after other work of the event loop: by `setImmediate`, or by a message in browsers. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // Browsers delay timers by four milliseconds.
    const { port1, port2 } = new MessageChannel();
    const proceed = (): void => {
      port1.close();
      resolve();
    };
    (port1 as unknown as EventTarget).addEventListener('message', proceed);
    port1.start();
    port2.postMessage(undefined);
  });
}
