import { html } from 'hono/html';
import type { Html } from '../view/html.js';
import { round } from './figure.js';

/** Draws a thin bar filled to a share between 0 and 1; decoration beside the number that it shows. */
export function shareBar(share: number): Html {
  return html`<svg class="share" aria-hidden="true" width="100%" height="8">
    <rect class="track" width="100%" height="8" />
    <rect class="fill" width="${round(Math.min(share, 1) * 100)}%" height="8" />
  </svg>`;
}
