import { spend, type Work } from './budget.js';
import { nationalIds, type PersonalForm } from './national-ids.js';
import type { Finding } from './scan.js';

// Every repetition is bounded, so each form takes time linear in the text.
const forms: readonly PersonalForm[] = [
  {
    rule: '@card',
    form: /(?<![\d.])(?:\d(?:[ -]?\d){11,18}|\d{4}([._])\d{4}\1\d{4}\1\d{4})(?![\d]|\.\d)/g,
    holds: passesLuhn,
  },
  {
    rule: '@iban',
    hasFewDigits: true,
    form: /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z\d]){11,30}(?![A-Za-z\d])/g,
    holds: isIban,
  },
  // With the country code, with the national prefix, or grouped as people write it.
  { rule: '@phone', form: /(?<![\w.+])[+\uff0b]\d(?:[ ()./-]{0,3}\d){6,14}(?!\d)/g },
  { rule: '@phone', form: /(?<![\w.:/+-])0\d(?:[ ()/-]{0,2}\d){5,13}(?![\w.:])/g, holds: isNoDate },
  { rule: '@phone', form: /(?<![\w.])\(\d{2,4}\)[ -]?\d{2,5}(?:[ -]?\d{2,4}){1,3}(?![\w.])/g },
  { rule: '@phone', form: /(?<![\w.:/+-])\d{1,5}(?:[ -]\d{2,5}){2,4}(?![\w.:/-])/g, holds: isPhone },
  {
    rule: '@phone',
    hasFewDigits: true,
    form: /(?<![\w.-])(?:\d{3}\.\d{3}\.\d{4}|\d{5} \d{5}|1-8\d\d-[A-Z]{5,8})(?![\w.-])/g,
  },
  { rule: '@phone', form: /(?<![\w.:/+-])\d{7,15}(?![\w.:/-])/g, holds: isNoQuantity },
  ...nationalIds,
];
const sixDigits = /\d(?:[ ()./_-]{0,3}\d){5}/;
// Most texts have no such digits. Without the other forms, such a text takes half the time, and the first one a sixth.
const formsOfFewDigits = forms.filter(({ hasFewDigits }) => hasFewDigits === true);
// The text before an ordinary number that names it.
const quantity =
  /(?:size|limit|memory|port|pid|build|status|nanos?|bytes|count|total|timeout|offset|length|max|min|version|rev(?:ision)?|line|seq\w*|time(?:stamp)?|epoch|duration|age|heap|rss)["']?\s?[:= ]\s?$/i;

/** Finds phone numbers, bank accounts, payment cards and national identity numbers. */
export function findPersonal(text: string, work: Required<Work>): Finding[] {
  if (!/\d|P</.test(text)) return [];
  spend(work, text.length * forms.length);
  return (sixDigits.test(text) ? forms : formsOfFewDigits).flatMap((form) => findForm(text, form));
}

function findForm(text: string, { rule, form, near, holds }: PersonalForm): Finding[] {
  if (near?.test(text) === false) return [];
  return [...text.matchAll(form)]
    .filter(
      ({ 0: found, index }) =>
        (holds === undefined || holds(found.replace(/[^A-Za-z\d]/g, '').toUpperCase())) &&
        (rule !== '@phone' || !quantity.test(text.slice(Math.max(0, index - 16), index))),
    )
    .map((match) => ({ start: match.index, end: match.index + match[0].length, rule }));
}

/** Returns true if the check digit of ISO/IEC 7812-1 is right, as in payment cards. */
function passesLuhn(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.at(-1 - at));
    sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}

/**
 * Returns true if the check digits of ISO 13616 are right: the characters as a number, the first four moved to the end,
 * leave 1 when divided by 97.
 */
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
    digits.length >= 7 &&
    digits.length <= 14 &&
    !/^(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])/.test(digits) &&
    // `1 234 567`, `100 200 300`
    !/^(?:\d{7}|(?:\d\d0){3})$/.test(digits)
  );
}

/** Returns false for `01/02/2024`. */
function isNoDate(digits: string): boolean {
  return !/^(?:[0-2]\d|3[01])(?:0\d|1[0-2])(?:19|20)\d\d$/.test(digits);
}

/** Returns false for a day, for the seconds or milliseconds of this decade, and for common sizes. */
function isNoQuantity(digits: string): boolean {
  if (/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?$/.test(digits)) return false;
  if (/^17\d{8}(?:\d{3})?$/.test(digits)) return false;
  const number = Number(digits);
  return number % 2 ** 20 !== 0 && (number + 1) % 2 ** 20 !== 0;
}
