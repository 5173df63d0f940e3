import { spend, type Work } from './budget.js';
import type { Finding } from './scan.js';

interface Form {
  readonly rule: string;
  readonly form: RegExp;
  /** What a regular expression cannot tell; it is given the letters and digits in upper case. */
  readonly holds?: (characters: string) => boolean;
}

// Every repetition is bounded, so each form takes time linear in the text.
const forms: readonly Form[] = [
  { rule: '@card', form: /(?<![\d.])\d(?:[ -]?\d){11,18}(?![\d]|\.\d)/g, holds: passesLuhn },
  {
    rule: '@iban',
    form: /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,30}(?![A-Za-z\d])/g,
    holds: isIban,
  },
  // With its country, with the national prefix, or grouped as people write it.
  { rule: '@phone', form: /(?<![\w.+])\+\d(?:[ ()./-]{0,3}\d){6,14}(?!\d)/g },
  { rule: '@phone', form: /(?<![\w.:/+-])0\d(?:[ ()/-]{0,2}\d){5,13}(?![\w.:])/g },
  { rule: '@phone', form: /(?<![\w.])\(\d{2,4}\)[ -]?\d{2,5}(?:[ -]?\d{2,4}){1,3}(?![\w.])/g },
  { rule: '@phone', form: /(?<![\w.:/+-])\d{1,4}(?:[ -]\d{2,5}){2,4}(?![\w.:/-])/g, holds: isPhone },
  { rule: '@phone', form: /(?<![\w.:/+-])\d{7,15}(?![\w.:/-])/g },
  { rule: '@id', form: /(?<![\w.-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])/g },
  { rule: '@id', form: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g },
  { rule: '@id', form: /(?<!\w)(?:[XYZ]-?)?\d{7,8}-?[A-HJ-NP-TV-Z](?!\w)/g, holds: isSpanishId },
  { rule: '@id', form: /(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/g },
  { rule: '@id', form: /(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)/g },
  { rule: '@id', form: /(?<!\w)\d{17}[\dXx](?!\w)/g, holds: isChineseId },
  { rule: '@id', form: /(?<!\w)[A-Z]{1,2}\d{6,8}(?:\(?[\dA]\)?)?(?!\w)/g, holds: (text) => text.length >= 8 },
];

/** Finds phone numbers, bank accounts, payment cards and national identity numbers. */
export function findPersonal(text: string, work: Required<Work>): Finding[] {
  if (!/\d/.test(text)) return [];
  spend(work, text.length * forms.length);
  return forms.flatMap(({ rule, form, holds }) =>
    [...text.matchAll(form)]
      .filter(([found]) => holds === undefined || holds(found.replace(/[^A-Za-z\d]/g, '').toUpperCase()))
      .map((match) => ({ start: match.index, end: match.index + match[0].length, rule })),
  );
}

/** The check of ISO/IEC 7812-1, which payment cards pass. */
function passesLuhn(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.at(-1 - at));
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

/** The check of ISO 13616: the characters as a number, its first four last, leave 1 when divided by 97. */
function isIban(characters: string): boolean {
  let rest = 0;
  for (const character of characters.slice(4) + characters.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

function isPhone(digits: string): boolean {
  return (
    digits.length >= 7 && digits.length <= 14 && !/^(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])/.test(digits)
  );
}

function isSpanishId(characters: string): boolean {
  const digits = characters.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === characters.at(-1);
}

/** The check of ISO 7064 MOD 11-2, as GB 11643 uses it. */
function isChineseId(characters: string): boolean {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += Number(characters[at]) * (2 ** (17 - at) % 11);
  return '10X98765432'[sum % 11] === characters.at(-1);
}
