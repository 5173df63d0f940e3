import { describe, expect, test } from 'vitest';
import { compilePattern, guessPattern, isFastPattern } from '../src/pattern.js';

describe('compilePattern', () => {
  test('reads a pattern with the u flag where it can, else without', () => {
    expect(compilePattern('^\\p{L}.$')?.test('é\u{1f600}')).toBe(true);
    expect(compilePattern('^a\\_b')?.test('a_b')).toBe(true);
  });

  test.each(['(?i)^a', '(', '[z-a]'])('has no pattern for %s', (source) => {
    expect(compilePattern(source)).toBeUndefined();
  });

  test.each([
    '\\Aa\\z',
    '^a\\Z',
    '^\\Qa\\E',
    '^\\h',
    '\\F',
    '^\\p{IsGreek}',
    '^\\x{61}',
    '\\1\\-',
    '^a{,3}$',
    '^[[:alpha:]]',
    '^[^_[:lower:]]',
    '^[a-z&&[^b]]',
    '^[a-z-[b]]',
  ])('has none for %s, which would mean something else than where it comes from', (source) => {
    expect(compilePattern(source)).toBeUndefined();
    expect(guessPattern(`(?i)${source}`)).toBeUndefined();
  });

  test.each([
    ['^a\\-[0-9]', 'a-1'],
    ['^[\\w-.]+$', 'a.b'],
    ['^[a-z]\\-[a-z]$', 'a-b'],
    ['^[:\\_]$', ':'],
    ['^\\\\A\\-', '\\A-'],
    ['^\\x41\\u0042\\cA\\0\\-', 'AB\u0001\0-'],
    ['^(?<a>x)\\k<a>\\-', 'xx-'],
    ['^a&&b\\-', 'a&&b-'],
    ['^{{a}}$', '{{a}}'],
  ])('takes %s without the u flag', (source, text) => {
    expect(compilePattern(source)?.test(text)).toBe(true);
  });
});

describe('guessPattern', () => {
  test.each([
    ['(?i)^secret', 'SECRETS'],
    ['(?i)(?m)^secret', 'secret'],
    ['(?im)^secret', 'Secret'],
    ['^plain', 'PLAIN'],
  ])('takes %s to mean %s', (source, text) => {
    expect(guessPattern(source)?.test(text)).toBe(true);
    expect(guessPattern(source)?.test('other')).toBe(false);
  });

  test.each(['(', '^a(?i)b'])('has no guess for %s', (source) => {
    expect(guessPattern(source)).toBeUndefined();
  });
});

describe('isFastPattern', () => {
  test.each([
    '^a$',
    '^[a-z]+$',
    '^[+*]{1,3}$',
    '^a{2}b{3}$',
    '^a{10}b{100}$',
    '^a{0,1}b{0}c{1000}$',
    '^(?:ab)c$',
    '^(a|b)$',
    '^(?<name>a)+$',
    '^\\p{Lu}{3}$',
    '^\\u{1f600}{3}$',
    '^\\u{1001}{3}$',
    '^(\\p{Lu})+$',
    '^(\\P{Lu})+$',
    '^[{1001}]$',
    '^\\u0041{2}\\x41{2}$',
    '^\\+\\*\\{$',
    '^(ab)+$',
    '^\\[a+$',
    '^[(*]+$',
  ])('%s is decided in few steps', (source) => {
    expect(isFastPattern(source)).toBe(true);
  });

  test.each([
    // It is looked for at every position of the text.
    'a$',
    // It is none.
    '^(',
    '^(?i)a',
    // It refers back or looks around.
    '^(a)\\1$',
    '^(?<n>a)\\k<n>$',
    '^(?=a)a$',
    '^(?!a)b$',
    '^(?<=a)b$',
    '^(?<!a)b$',
    // It repeats what repeats something or can be decided in several ways.
    '^(a+)+$',
    '^(a*)*$',
    '^(a{2})+$',
    '^(a|b)*$',
    '^((a))+$',
    '^(a+){2}$',
    '^(?:a+b)*$',
    '^([a-z]+\\.)+$',
    // Two of these together take the square of the text's length.
    '^a+b+$',
    '^a*b*$',
    '^a{1,}b{2,}$',
    // The product of the counts is what counts.
    '^a{11}b{100}$',
    '^a{1001}$',
    '^a{1,1001}$',
    '^a{10,1001}$',
    '^a{10,}b{10,}$',
  ])('%s may take many steps', (source) => {
    expect(isFastPattern(source)).toBe(false);
  });

  test('two open repetitions are few steps in short texts', () => {
    expect(isFastPattern('^a+b+$', 1000)).toBe(true);
    expect(isFastPattern('^a+b+$', 1001)).toBe(false);
    expect(isFastPattern('^a{2,}b+c{4}$', 500)).toBe(true);
    expect(isFastPattern('^a{2,}b+c{4}$', 501)).toBe(false);
    expect(isFastPattern('^a+b+c+$', 100)).toBe(true);
  });
});
