import type { ProxySettings } from './proxy-settings.js';

/** Limits of one request, in milliseconds. */
export interface Timeouts {
  /** Default 10 seconds. */
  readonly connect: number;
  /** From start to answer; default 30 seconds. A sender that is silent for twice as long is taken for dead. */
  readonly total: number;
}

/** The limits of a host that names none. */
export const defaultTimeouts: Timeouts = { connect: 10_000, total: 30_000 };

/** One request as it is handed to the transport. */
export interface TransportRequest {
  readonly url: string;
  /** Default `POST`; `DELETE` erases a report, and has no body. */
  readonly method?: 'POST' | 'DELETE' | undefined;
  /** What is sent as a Bearer token (RFC 6750): the secret of the report to erase. */
  readonly bearer?: string | undefined;
  /** The report before compression; empty where there is no body. */
  readonly body: Uint8Array;
  readonly proxy: ProxySettings;
  readonly timeouts: Timeouts;
  /** PEM certificates trusted beside those of the host. */
  readonly ca: string | undefined;
  /** What the host trusts, PEM; undefined where its Node cannot tell. */
  readonly hostCa?: readonly string[] | undefined;
  /** The file of `NODE_EXTRA_CA_CERTS`, for a Node that cannot tell what the host trusts. */
  readonly extraCaFile?: string | undefined;
}

/** What became of one request: the server's answer, or why there is none (an error code). */
export type TransportResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined }
  | {
      readonly kind: 'failure';
      readonly code: string;
      /** False where it is certain that the collector got nothing of the request; else it may have got it. */
      readonly isSent?: boolean | undefined;
    };

/** Makes one request; never rejects, and gives up at once on `signal`. */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResult>;

/** Returns true if a report arrived: any 2xx, whatever the body says. */
export function isSuccess(result: TransportResult): boolean {
  return result.kind === 'answer' && result.status >= 200 && result.status < 300;
}

/** Returns true unless it is certain that the collector got nothing of a request. */
export function mayHaveArrived(result: TransportResult): boolean {
  if (result.kind === 'answer') return true;
  return result.isSent ?? !beforeConnection.test(result.code);
}

// What comes before there is a connection to send on: looking up a name, connecting, and checking who is there.
const beforeConnection =
  /^(?:E(?:NOTFOUND|CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ADDRNOTAVAIL|SERVFAIL|TIMEOUT|NODATA|REFUSED|AI_[A-Z]+)|UND_ERR_CONNECT_TIMEOUT|CERT_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|UNABLE_TO_[A-Z_]+|ERR_TLS_[A-Z_]+|ERR_SSL_[A-Z0-9_]+|ERR_PROXY_[A-Z_]+)$/;
