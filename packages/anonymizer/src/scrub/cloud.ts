import { kind } from './characters.js';
import { before, read, upTo, textBefore, type Detector, type Scan } from './scan.js';

const ends = ' \t\n\r"\'`<>|,;)]}';
const distinguished = /(?:\b[a-z]{1,12}\s?=\s?[^,=;"'<>\n]{1,64},\s{0,2}){0,8}$/i;
const distinguishedRest = /^(?:,\s{0,2}[a-z]{1,12}\s?=\s?[^,=;"'<>\n\s]{1,64}){0,16}/i;

/** Resource names of clouds (`arn:…`, `crn:…`, `urn:…`) and `github:owner/repository`; looked for at the colon. */
export const resourceNames: Detector = (scan, colon, floor) => {
  const lead = /(?:^|[^\p{L}\p{N}])(arn|crn|urn|acs|qcs|gh|github|gitlab|bitbucket|gist|sourcehut)$/iu.exec(
    textBefore(scan, colon, 11, floor),
  )?.[1];
  if (lead === undefined) return instanceOrRepository(scan, colon, floor);
  const end = upTo(scan, colon + 1, ends);
  const isRepository = /^(?:gh|git|bitbucket|gist|source)/i.test(lead);
  const form = isRepository ? /^[\w.-]+\/[\w.-]+/ : /^[\w-]*:[\w.-]*:/;
  if (!form.test(scan.text.slice(colon + 1, colon + 80))) return end - colon > 80 ? end : floor;
  const start = isRepository ? colon + 1 : colon - lead.length;
  return scan.report(start, end, '@cloud');
};

/** `project:europe-west1:instance` of a database, and `server:team/project.git`. */
function instanceOrRepository(scan: Scan, colon: number, floor: number): number {
  const rest =
    /^:(?:[a-z]+-[a-z]+\d:[a-z][\w-]{0,97}|\/?[\w.-]{1,64}(?:\/[\w.-]{1,64}){0,4}\.git(?![\w.]))/.exec(
      scan.text.slice(colon, colon + 128),
    )?.[0];
  if (rest === undefined) return floor;
  const start = before(scan, colon, kind.host, Math.max(floor, colon - 64));
  if (start === colon) return floor;
  return scan.report(start, colon + rest.length, '@cloud');
}

/** Distinguished names of directories, `cn=admin,dc=acme,dc=com`; looked for at the equals sign. */
export const distinguishedNames: Detector = (scan, equals, floor) => {
  if (/(?:^|[^a-z])o\s?$/i.test(scan.text.slice(Math.max(floor, equals - 3), equals)))
    return organization(scan, equals, floor);
  if (!/(?:^|[^a-z])(?:dc|ou)\s?$/i.test(scan.text.slice(Math.max(floor, equals - 4), equals))) return floor;
  const first = upTo(scan, equals + 1, ',;"\'<>\n +');
  if (first === equals + 1) return floor;
  let nameStart = equals;
  while (nameStart > floor && /[a-z\s]/i.test(scan.text[nameStart - 1]!) && equals - nameStart < 3)
    nameStart -= 1;
  const lead = textBefore(scan, nameStart, 256, floor);
  const start = nameStart - (distinguished.exec(lead)?.[0].trimStart().length ?? 0);
  const rest = distinguishedRest.exec(read(scan, first, first + 256))?.[0].length ?? 0;
  return scan.report(start, first + rest, '@directory');
};

/** `O=Acme Corp, C=DE` and `/O=Acme Corp/CN=…` of certificates. */
function organization(scan: Scan, equals: number, floor: number): number {
  const [, space, name, rest] =
    /^=(\s?)([^,;"'<>\n/+=]{2,64})(,\s?[a-z]{1,2}\s?=|\/[a-z]{1,2}=|$)/i.exec(
      read(scan, equals, equals + 80),
    ) ?? [];
  if (name === undefined) return floor;
  const isBehind = /[,/]\s?o\s?$/i.test(scan.text.slice(Math.max(floor, equals - 4), equals));
  if (rest === '' && !isBehind) return floor;
  const start = equals + 1 + space!.length;
  return scan.report(start, start + name.length, '@directory');
}

export const cloudEndings: readonly string[] = ['ons', 'ups', 'nts', 'cts', 'ers'];

/** Names in cloud paths after `/subscriptions/`, `/resourceGroups/` or `projects/`; looked for at the slash. */
export const cloudPaths: Detector = (scan, slash, floor) => {
  const lead = textBefore(scan, slash, 24, floor);
  if (
    !/(?:^|[/\s"'=:])(?:subscriptions|resourceGroups|tenants|(?<![\w/])projects|organizations|folders|billingAccounts)$/i.test(
      lead,
    )
  )
    return floor;
  const end = upTo(scan, slash + 1, `/${ends}`, slash + 128);
  if (end === slash + 1) return floor;
  const isNumber = /^\d{10,}$/.test(scan.text.slice(slash + 1, end));
  if (/projects$|organizations$|folders$/i.test(lead) && scan.text[end] !== '/' && !isNumber) return floor;
  if (/folders$/i.test(lead) && !isNumber) return floor;
  // The same people named the resources below.
  const last = upTo(scan, end, ends);
  return scan.report(slash + 1, last, '@cloud');
};
