import { html } from 'hono/html';
import type { Html } from '../page/html.js';
import { round } from './axis.js';

/** A thin bar filled to a share between 0 and 1; decoration beside the number it shows. */
export function shareBar(share: number): Html {
  return html`<svg class="share" aria-hidden="true" width="100%" height="10">
    <rect class="track" width="100%" height="10" rx="3" />
    <rect class="fill" width="${round(share * 100)}%" height="10" rx="3" />
  </svg>`;
}
