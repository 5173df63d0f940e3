/** A form of personal data. */
export interface PersonalForm {
  readonly rule: string;
  readonly form: RegExp;
  /** True if a match need not contain six digits with at most three separators between two of them. */
  readonly hasFewDigits?: true;
  /** Must match a part of the text; for a form that takes long to compile and that few texts can have. */
  readonly near?: RegExp;
  /** Checks what a regular expression cannot; takes the letters and digits in upper case. */
  readonly holds?: (characters: string) => boolean;
}

/**
 * The national identity and tax numbers of some forty countries: recognised by their check digits, or by the characters
 * that group them.
 */
export const nationalIds: readonly PersonalForm[] = [
  // Groupings that nothing else has: United States, Brazil, Chile, Argentina, Malaysia, Belgium, Switzerland, Thailand,
  // the Netherlands, Germany, Australia.
  {
    rule: '@id',
    form: /(?<![\w.-])(?:\d{3}[- ]\d{2}[- ]\d{4}|\d{2}-\d{7}|\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}|\d{1,2}\.\d{3}\.\d{3}-[\dA-Z]|\d{2}-\d{8}-\d|\d{6}-\d{2}-\d{4}|\d{2}\.\d{2}\.\d{2}-\d{3}[. -]?\d{2}|756\.\d{4}\.\d{4}\.\d{2}|\d-\d{4}-\d{5}-\d{2}-\d|\d{4}\.\d{2}\.\d{3}|\d{2,3}\/\d{3}\/\d{4,5}|\d{4} \d{5} \d)(?![\w-])/g,
  },
  // Sweden, Denmark, Norway, Finland, the Czech Republic: a date of birth, and a number.
  {
    rule: '@id',
    form: /(?<![\w.-])(?:(?:19|20)?\d{6}[-+]\d{4}|\d{6}[-+A]\d{3}[\dA-Z]|\d{6}\/\d{3,4})(?![\w-])/g,
    holds: (characters) => isBirthDate(characters.slice(/^(?:19|20)\d{10}$/.test(characters) ? 2 : 0)),
  },
  // Spain, Chile, Ireland.
  { rule: '@id', form: /(?<!\w)(?:[XYZ]-?)?\d{7,8}-?[A-HJ-NP-TV-Z](?!\w)/g, holds: isSpanishId },
  { rule: '@id', form: /(?<![\w.-])\d{7,8}-[\dkK](?![\w-])/g, holds: isChileanId },
  { rule: '@id', form: /(?<!\w)\d{7}[A-W][A-IW]?(?!\w)/g, holds: isIrishId },
  // The United Kingdom, Italy, India, Mexico, Singapore, Sri Lanka, and numbers of the European Union for taxes.
  {
    rule: '@id',
    hasFewDigits: true,
    form: /(?<!\w)(?:[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[A-Z]{3} ?[A-Z]{3} ?\d\d[A-EHLMPRST]\d\d ?[A-Z]\d{3}[A-Z]|[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]|[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}|[STFGM]\d{7}[A-Z]|\d{9}[VX]|(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)[A-Z\d]{2}\d{6,10})(?!\w)/g,
  },
  { rule: '@id', form: /(?<!\w)\d{17}[\dXx](?!\w)/g, holds: isChineseId },
  { rule: '@id', form: /(?<!\w)[A-Z]{1,2}\d{6,8}(?:\(?[\dA]\)?)?(?!\w)/g, holds: (text) => text.length >= 8 },
  // Numbers after a word that names them, and the machine-readable line of a passport.
  {
    rule: '@id',
    hasFewDigits: true,
    near: /passport|ausweis|licen[cs]e|DL|NIF|PPS|(?:tax|national) id/i,
    form: /(?<=\b(?:passport|ausweis|licen[cs]e|DL|NIF|PPSN?|tax id|national id)(?: ?(?:no|nr|number))?\.?[ :=#]{1,3})[A-Z\d](?:[ -]?[A-Z\d]){5,14}(?!\w)/gi,
    holds: (characters) => /\d\D?\d/.test(characters),
  },
  { rule: '@id', hasFewDigits: true, form: /(?<!\w)P<[A-Z]{3}[A-Z<]{8,40}/g },
];

function isBirthDate(digits: string): boolean {
  const [first, month, last] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const isDay = (day: number): boolean => (day % 60) % 40 >= 1 && (day % 60) % 40 <= 31;
  // Czech women have 50 added to their month.
  return (month! % 50) % 20 >= 1 && (month! % 50) % 20 <= 12 && (isDay(first!) || isDay(last!));
}

function isSpanishId(characters: string): boolean {
  const digits = characters.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === characters.at(-1);
}

function isChileanId(characters: string): boolean {
  let sum = 0;
  for (let at = 2; at <= characters.length; at += 1) sum += Number(characters.at(-at)) * (((at - 2) % 6) + 2);
  return '0K987654321'[sum % 11] === characters.at(-1);
}

function isIrishId(characters: string): boolean {
  let sum = Math.max(0, ' ABCDEFGHI'.indexOf(characters[8] ?? ' ')) * 9;
  for (let at = 0; at < 7; at += 1) sum += Number(characters[at]) * (8 - at);
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === characters[7];
}

/** Returns true if the check digit of ISO 7064 MOD 11-2 is right, as GB 11643 uses it. */
function isChineseId(characters: string): boolean {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += Number(characters[at]) * (2 ** (17 - at) % 11);
  return '10X98765432'[sum % 11] === characters.at(-1);
}
