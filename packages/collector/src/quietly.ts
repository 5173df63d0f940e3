/**
 * Wraps a callback of the host so that nothing it does reaches the caller. Its failure cannot be reported, since the
 * callback is what reports failures.
 */
export function quietly<Value>(callback: ((value: Value) => unknown) | undefined): (value: Value) => void {
  return (value) => {
    try {
      const result = callback?.(value);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // See above.
    }
  };
}
