import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLines } from '../src/operator/fit-lines.js';
import { helpOf, operatorCommands, overview } from '../src/operator/help.js';

describe('fitLines', () => {
  it('leaves lines that fit', () => {
    expect(fitLines('one two\n\n  three\n', 7)).toBe('one two\n\n  three\n');
  });

  it('breaks a row of a table below its last column, and other lines below their start', () => {
    expect(fitLines('  state  ok  can be written here', 27)).toBe(
      '  state  ok  can be written\n             here',
    );
    expect(fitLines('  Works in every mode', 14)).toBe('  Works in\n    every mode');
    expect(fitLines('status  Show it to who asks', 16)).toBe('status  Show it\n        to who\n        asks');
  });

  it('does not indent by more than half of the line', () => {
    expect(fitLines('a long first column  then words', 24)).toBe('a long first column  then\n  words');
  });

  it('keeps a word that is longer than a line', () => {
    expect(fitLines('to https://collector.example/v1/reports now', 20)).toBe(
      'to\n  https://collector.example/v1/reports\n  now',
    );
  });

  it.each([40, 60, 100])('fits every help into %i columns', (columns) => {
    const texts = [overview('gateway usage'), ...operatorCommands.map((one) => helpOf('gateway usage', one))];
    for (const line of texts.flatMap((text) => fitLines(text, columns).split('\n'))) {
      expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  });

  it('loses and adds no word', () => {
    const word = fc.stringMatching(/^[a-z:/.]{1,30}$/);
    const text = fc.array(fc.oneof(word, fc.constantFrom('  ', '\n', ' ')), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 80 }), (parts, columns) => {
        const given = parts.join(' ');
        const words = (of: string): string[] => of.split(/\s+/).filter((one) => one !== '');
        expect(words(fitLines(given, columns))).toEqual(words(given));
      }),
    );
  });
});
