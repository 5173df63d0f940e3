import type { Keywords } from './keywords.js';

/** The schemas that apply to a node, nearest first. */
export interface Layers {
  /** Schemas that every value must satisfy. */
  readonly firm: readonly Keywords[];
  /** Schemas that apply to some values only: they can deny an export but never allow one. */
  readonly conditional: readonly Keywords[];
}
