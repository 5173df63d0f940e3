import type { Position } from '../source-node.js';

/** What a reader throws on a text that is not of its format; it becomes a `ConfigError`. */
export class SyntaxIssue extends Error {
  override readonly name = 'SyntaxIssue';
  readonly position: Position | undefined;

  constructor(message: string, position?: Position, options?: ErrorOptions) {
    super(message, options);
    this.position = position;
  }
}
