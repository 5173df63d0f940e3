const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const longest = 2n ** 63n - 1n;

/**
 * Returns the nanoseconds of a Go duration (`1h30m`, `1.5s`, `-3s`; a bare whole number is in seconds); undefined if
 * the text is not a duration or does not fit into 64 bits.
 */
export function parseDuration(text: string): bigint | undefined {
  if (/^[-+]?\d+$/.test(text)) return fitting(BigInt(text.replace(/^\+/, '')) * 1_000_000_000n);
  const match = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of (match[2] ?? '').matchAll(
    /(\d*)\.?(\d*)([a-zµμ]+)/g,
  )) {
    const size = units[unit] ?? 0n;
    total += BigInt(whole) * size;
    if (fraction !== '') total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  return fitting(match[1] === '-' ? -total : total);
}

/** Returns a duration as Go prints it: `1m0s`, `36h0m0s`, `1.5s`, `300ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  for (const unit of ['ns', 'µs', 'ms'] as const) {
    const one = units[unit] ?? 1n;
    if (size < one * 1000n) return `${sign}${decimal(size, one)}${unit}`;
  }
  const second = units.s ?? 1n;
  const seconds = size % (60n * second);
  const minutes = size / (60n * second);
  const hours = minutes / 60n;
  const tail = `${decimal(seconds, second)}s`;
  if (minutes === 0n) return sign + tail;
  if (hours === 0n) return `${sign}${minutes}m${tail}`;
  return `${sign}${hours}h${minutes % 60n}m${tail}`;
}

function decimal(size: bigint, one: bigint): string {
  const digits = one.toString().length - 1;
  const fraction = (size % one).toString().padStart(digits, '0').replace(/0+$/, '');
  return fraction === '' ? `${size / one}` : `${size / one}.${fraction}`;
}

function fitting(nanoseconds: bigint): bigint | undefined {
  return nanoseconds > longest || nanoseconds < -longest - 1n ? undefined : nanoseconds;
}
