import type { Condition, FactValue, Period } from '@candor/protocol';
import { maskedText } from '@candor/schema';
import { html } from 'hono/html';
import type { Html } from './html.js';

const numbers = new Intl.NumberFormat('en');
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });

/** Returns a count with thousands separators: `15,230`. */
export function countText(count: number): string {
  return numbers.format(count);
}

/** Returns a count with its noun: `1 report`, `15,230 reports`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Returns a share in percent that is rounded neither down to zero nor up to 100 %. */
export function shareText(count: number, total: number): string {
  if (total === 0) return '–';
  const percent = (count / total) * 100;
  if (count > 0 && percent < 0.1) return '<0.1%';
  if (count < total && percent > 99.9) return '>99.9%';
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 1)}%`;
}

/** Returns the change between two shares, in percentage points: `+1.2`, `−0.4`, `±0`. */
export function changeText(now: number, before: number): string {
  const points = (now - before) * 100;
  if (Math.abs(points) < 0.05) return '±0';
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;
}

/** Returns a value as JSON, cut to `longest` characters. */
export function valueText(value: unknown, longest = 120): string {
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Returns a day for people to read: `3 Nov 2026`, without the year if `short`. */
export function dayText(day: string, length: 'short' | 'long' = 'long'): string {
  return (length === 'short' ? shortDay : longDay).format(new Date(`${day}T00:00:00Z`));
}

/** Returns a period for people to read: `3 Nov 2026`, `week of 2 Nov 2026`, `November 2026`. */
export function periodText(period: Period, firstDay: string): string {
  if (period === 'month') return month.format(new Date(`${firstDay}T00:00:00Z`));
  return period === 'week' ? `week of ${dayText(firstDay)}` : dayText(firstDay);
}

/** Returns the label of a period below a chart: `3 Nov`, `Nov 26`. */
export function periodLabel(period: Period, firstDay: string): string {
  return period === 'month'
    ? shortMonth.format(new Date(`${firstDay}T00:00:00Z`))
    : dayText(firstDay, 'short');
}

/** Returns a condition for people to read. */
export function conditionText(condition: Condition): string {
  if ('version' in condition) return `version ${condition.version}`;
  return condition.value === undefined
    ? `${condition.path} is set`
    : `${condition.path} is ${valueText(condition.value, 60)}`;
}

/** A name that may break between its parts, where the line has no room for it: after a sign, and before a capital. */
export function breakable(name: string): Html {
  const parts = name.split(/(?<=[._/-])(?![._/-])|(?<=[a-z\d])(?=[A-Z])/);
  return html`<bdi>${parts.map((part, at) => (at === 0 ? part : html`<wbr />${part}`))}</bdi>`;
}

/** A value in a table or a tree: as JSON, or that it was masked. */
export function valueName({ value }: { readonly value: FactValue }): Html {
  if (value === maskedText) return html`set (masked)`;
  return html`<code><bdi>${valueText(value)}</bdi></code>`;
}
