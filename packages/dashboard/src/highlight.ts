/** A question that deserves a place at the top of the page. */
export interface Highlight {
  /** `Providers in use` */
  readonly title: string;
  /** The section whose direct members are compared: `providers`. */
  readonly path: string;
}
