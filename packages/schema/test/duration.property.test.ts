import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalDuration, durationSeconds, formatDuration, parseDuration } from '../src/index.js';

test('a duration below two hours in whole seconds stands as Go prints it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 7199 }), (seconds) => {
      const text = formatDuration(BigInt(seconds) * 1_000_000_000n);
      expect(canonicalDuration('go-duration', text)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('no other text for it does', () => {
  const part = fc.integer({ min: 0, max: 99 });
  const written = fc
    .tuple(fc.option(part), fc.option(part), part, fc.boolean())
    .map(([hours, minutes, seconds, isPadded]) => {
      const digits = (value: number): string => String(value).padStart(isPadded ? 2 : 1, '0');
      return `${hours === null ? '' : `${digits(hours)}h`}${minutes === null ? '' : `${digits(minutes)}m`}${digits(seconds)}s`;
    });
  fc.assert(
    fc.property(written, (text) => {
      const canonical = canonicalDuration('go-duration', text) ?? '';
      expect(canonicalDuration('go-duration', canonical)).toBe(canonical);
      const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(\d+)s$/.exec(text) ?? [];
      const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
      if (total < 7200) expect(canonical).toBe(formatDuration(BigInt(total) * 1_000_000_000n));
    }),
    { numRuns: 2000 },
  );
});

test('is as many seconds as its nanoseconds say', () => {
  const part = fc.option(fc.nat({ max: 999_999 }).map(String), { nil: undefined });
  const written = fc
    .tuple(fc.constantFrom('', '-', '+'), part, part, part)
    .map(([sign, hours, minutes, seconds]) => {
      const parts = [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`];
      return sign + parts.filter(Boolean).join('');
    });
  fc.assert(
    fc.property(written, (text) => {
      const nanoseconds = parseDuration(text);
      const isTooLong =
        nanoseconds !== undefined && (nanoseconds < 0n ? -nanoseconds : nanoseconds) > 10n ** 18n;
      const expected = nanoseconds === undefined || isTooLong ? undefined : Number(nanoseconds) / 1e9;
      expect(durationSeconds('go-duration', text)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});
