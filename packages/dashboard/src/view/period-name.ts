import type { CountPeriod } from '@candor/protocol';
import { html } from 'hono/html';
import { type Choice, isOver } from '../choice.js';
import type { Html } from './html.js';
import { periodText } from './text.js';

/** The name of a period in a table, with what its numbers lack. */
export function periodName(
  period: Pick<CountPeriod, 'firstDay' | 'lastDay' | 'complete'>,
  choice: Choice,
): Html {
  const lack = !isOver(period, choice) ? 'so far' : period.complete ? undefined : 'in part';
  return html`${periodText(choice.period, period.firstDay)}${lack === undefined ? '' : html` <small>${lack}</small>`}`;
}
