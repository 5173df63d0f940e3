const isoDuration =
  /^P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?$/;
const goDuration = /^[-+]?(?:0|(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const listenAddress = /^(?:\[[^[\]]*\]|[^:[\]]*):(\d{1,5})(\/(?:tcp|udp))?$/;

// Longer than any duration that someone means.
const longestDuration = 40;

/** Whether a text is a duration: ISO 8601 for `duration`, else as Go writes it (`1m30s`). */
export function isDuration(format: unknown, text: string): boolean {
  if (text.length > longestDuration) return false;
  return (format === 'duration' ? isoDuration : goDuration).test(text);
}

/** The port of a listen address as `:80` or `:80/udp`; undefined where there is none. */
export function portOf(address: string): string | undefined {
  const [, digits, protocol = ''] = listenAddress.exec(address) ?? [];
  const port = Number(digits);
  return digits === undefined || port > 65_535 ? undefined : `:${port}${protocol}`;
}
