import type { Json } from '@candor/protocol';

/** A count with thousands separated: `15,230`. */
export function countText(count: number): string {
  return new Intl.NumberFormat('en').format(count);
}

/** A count with its noun: `1 report`, `15,230 reports`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share in percent that never rounds something to nothing, nor nearly all to all. */
export function shareText(count: number, total: number): string {
  if (total === 0) return '–';
  const percent = (count / total) * 100;
  if (count > 0 && percent < 0.1) return '<0.1%';
  if (count < total && percent > 99.9) return '>99.9%';
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 1)}%`;
}

/** A fact's value as JSON, cut to `longest` characters. */
export function valueText(value: Json, longest = 120): string {
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
