import type { KeptResult, LastReport, ResultContext, ResultWords } from './report-result.js';

type Words = readonly [message: string, remedy: string | null];

const again = 'Nothing needs to be done: it is tried again.';
const network = 'Check that this machine may reach the collector; `usage endpoint` names it.';
const proxySetting = 'Check HTTPS_PROXY (or ALL_PROXY) and NO_PROXY in the environment of the program.';

/** Returns in plain words what became of a report, and what the operator can do. */
export function describeResult(kept: KeptResult, context: ResultContext): LastReport {
  const [message, remedy] = wordsOf(kept, context);
  return { ...kept, message, remedy };
}

/** Returns in plain words why reports were not erased, and what the operator can do. */
export function describeErasure(reason: string, context: ResultContext): { message: string; remedy: string } {
  const [message, remedy] = wordsOfErasure(reason) ??
    wordsOfReason(reason, context) ?? [`The collector did not erase the report${suffix(reason)}.`, null];
  return { message, remedy: remedy ?? 'Run `usage forget` again later: it goes on where it ended.' };
}

/**
 * Returns in plain words what the collector answered to a dry run, and what the operator can do; `remedy` is null if it
 * takes the report.
 */
export function describeDryRun(reason: string, context: ResultContext): ResultWords {
  if (reason === '200') return { message: 'The collector takes the report.', remedy: null };
  const [message, remedy] = /^2\d\d$/.test(reason)
    ? [
        `What listens at the endpoint does not know dry runs (${reason}): it may have taken this one for a report.`,
        "Check the endpoint; else the collector's maintainer must update it.",
      ]
    : (wordsOfReason(reason, context) ?? [`The collector did not take the dry run${suffix(reason)}.`, null]);
  return {
    message,
    remedy: remedy ?? 'Reports are tried again by themselves; run `usage doctor` again later.',
  };
}

function wordsOfErasure(reason: string): Words | undefined {
  switch (reason) {
    case 'under way':
      return ['The report is under way at this moment.', 'Run `usage forget` again in two minutes.'];
    case 'endpoint':
      return ['The log names no endpoint that can be asked.', 'Ask the maintainer of the collector.'];
    case '401':
      return [
        'The collector does not take the secret of the report (401).',
        'Ask the maintainer of the collector.',
      ];
    case '429':
      return ['The collector takes no more requests at present (429).', null];
    case '404':
    case '405':
    case '501':
      return [
        `The collector does not erase reports, or the endpoint is not its address (${reason}).`,
        'Ask the maintainer of the collector.',
      ];
    default:
      // Other 2xx and 4xx statuses are not what a collector answers to this request.
      return /^[24]\d\d$/.test(reason) && !['403', '407', '408'].includes(reason)
        ? [
            `The collector did not say that it erased the report (${reason}).`,
            'Ask the maintainer of the collector.',
          ]
        : undefined;
  }
}

function wordsOf({ result, reason }: KeptResult, context: ResultContext): Words {
  if (result === 'accepted') return ['The collector accepted the report.', null];
  if (result === 'written') return ['The report was written to the log here, and not sent.', null];
  if (result === 'exported')
    return ['The report was exported to be carried by hand; it counts as accepted.', null];
  const words = reason === null ? undefined : wordsOfReason(reason, context);
  const [message, remedy] = words ?? [`The report was not accepted${suffix(reason)}.`, null];
  if (result === 'retrying') return [message, remedy ?? again];
  return [message, remedy ?? 'The next report goes in the next period.'];
}

function wordsOfReason(reason: string, { digest, hasProxy }: ResultContext): Words | undefined {
  if (/^\d{3}$/.test(reason)) return wordsOfStatus(Number(reason), digest, hasProxy);
  if (reason in own) return own[reason];
  return failures.find(([pattern]) => pattern.test(reason))?.[1](reason);
}

function wordsOfStatus(status: number, digest: string, hasProxy: boolean): Words {
  switch (status) {
    case 400:
      return [
        'The collector did not understand the report (400).',
        'Its maintainer must find out why: the collector may be older than this program.',
      ];
    case 401:
    case 403:
      return [
        `The collector, or something in front of it, asked for permission (${status}).`,
        'Its maintainer must let reports in without a password.',
      ];
    case 404:
      return [
        'The collector does not know this product, or the endpoint is not its address (404).',
        'Check the endpoint; else its maintainer must register the product.',
      ];
    case 407:
      return ['The proxy asked for a password (407).', proxySetting];
    case 408:
    case 429:
      return [`The collector has too much to do at present (${status}).`, null];
    case 410:
      return [
        'The collector wants no more reports of this version (410).',
        'Nothing is reported until the next version; update the program.',
      ];
    case 413:
      return ['The report is too large for the collector (413).', 'Its maintainer must raise its limits.'];
    case 422:
      return [
        `The collector does not know this field list (digest ${digest}).`,
        'Its maintainer must register the field list of this version.',
      ];
    default:
  }
  if (status >= 300 && status < 400) {
    return [
      `The collector's address has moved (${status}), and no redirect is followed.`,
      'Name the new address with `usage endpoint`.',
    ];
  }
  if (status >= 500) {
    return [
      hasProxy && [502, 503, 504].includes(status)
        ? `The collector, or the proxy before it, is not working at present (${status}).`
        : `The collector is not working at present (${status}).`,
      null,
    ];
  }
  return [`The collector refused the report (${status}).`, 'Its maintainer must find out why.'];
}

const own: Readonly<Record<string, Words>> = {
  content: ['No report could be made of the configuration.', 'The warning says why.'],
  'no answer': ['The report was not accepted on its day, and was given up.', null],
  outdated: [
    'The report was not sent on its day, or something it was made under has changed; it was given up.',
    null,
  ],
  forgotten: ['The report was given up, since its erasure was asked for.', null],
  'choice changed': ['The choice or the endpoint changed before the report was sent; it was given up.', null],
  ABORT_ERR: ['The program stopped before the collector answered.', null],
  ERR_TIMEOUT: ['The collector did not answer in time.', network],
  ERR_PROXY_AUTH: ['The proxy asked for a password (407).', proxySetting],
  ERR_PROXY_REFUSED: ['The proxy refused to connect to the collector.', proxySetting],
  ERR_PROXY_UNREACHABLE: ['The proxy could not be reached.', proxySetting],
  ERR_PROXY_SOCKS: [
    'The proxy is a SOCKS proxy, which is not supported.',
    'Name an HTTP proxy in HTTPS_PROXY.',
  ],
  ERR_PROXY_INVALID: ['The proxy in the environment is no address of an HTTP proxy.', proxySetting],
  ERR_WORKER: ['The thread that sends reports ended early.', null],
  ERR_TRANSPORT: ["The host's own transport failed.", "The program's maintainer must find out why."],
};

/** The error codes of a failed name lookup. */
export const lookupFailure: RegExp = /^(ENOTFOUND|EAI_[A-Z]+|ESERVFAIL|ENODATA|ETIMEOUT|EREFUSED|ENONAME)$/;

const failures: readonly (readonly [RegExp, (code: string) => Words])[] = [
  [lookupFailure, (code) => [`The name of the collector could not be looked up (${code}).`, network]],
  [/^ECONNREFUSED$/, (code) => [`Nothing listens at the collector's address (${code}).`, network]],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EACCES|EPERM|EADDRNOTAVAIL)$/,
    (code) => [`The collector could not be reached (${code}).`, network],
  ],
  [
    /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT|INVALID_CA)/,
    (code) => [
      `The certificate of the collector, or of the proxy, is not trusted (${code}).`,
      'Let the program trust it: NODE_EXTRA_CA_CERTS, or the host\'s option "ca".',
    ],
  ],
  [/^(ERR_SSL|ERR_TLS|EPROTO)/, (code) => [`No encrypted connection could be made (${code}).`, network]],
  [
    /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_[A-Z_]+)$/,
    (code) => [`The connection broke before the collector answered (${code}).`, null],
  ],
];

function suffix(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}
