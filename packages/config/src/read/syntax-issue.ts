import type { Position } from '../source-node.js';

/** A reader's error for a text that is not of its format; it becomes a `ConfigError`. */
export class SyntaxIssue extends Error {
  override readonly name = 'SyntaxIssue';
  readonly position: Position | undefined;

  constructor(message: string, position?: Position, options?: ErrorOptions) {
    super(message, options);
    this.position = position;
  }
}
