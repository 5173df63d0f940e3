import type { ProductsResponse } from '@candor/protocol';
import type { Choice } from '../choice.js';
import type { PageCounts } from '../counts/page-counts.js';
import type { ProductInfo } from '../product-info.js';
import type { Html } from '../view/html.js';

/** What a page of one product needs. */
export interface PageContext {
  readonly choice: Choice;
  readonly products: ProductsResponse['products'];
  readonly info: ProductInfo;
  readonly counts: PageCounts;
  /** The query string of the page's URL. */
  readonly search: URLSearchParams;
  /** True if the query API is at the same origin, so that its results can be linked as CSV. */
  readonly downloads: boolean;
}

/** The content of a page, and the window's title. */
export interface Page {
  readonly title: string;
  readonly content: Html;
}
