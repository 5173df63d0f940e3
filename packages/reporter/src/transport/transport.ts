import type { ProxySettings } from './proxy-settings.js';

/** Limits of one request, in milliseconds. */
export interface Timeouts {
  /** Default 10 seconds. */
  readonly connect: number;
  /** From start to answer; default 30 seconds. After twice as long without a result, the sender is assumed dead. */
  readonly total: number;
}

/** The limits if the host gives none. */
export const defaultTimeouts: Timeouts = { connect: 10_000, total: 30_000 };

/** One request as it is handed to the transport. */
export interface TransportRequest {
  readonly url: string;
  /** Default `POST`; `DELETE` erases a report, and has no body. */
  readonly method?: 'POST' | 'DELETE' | undefined;
  /** Bearer token (RFC 6750): the secret of the report to erase. */
  readonly bearer?: string | undefined;
  /** The report before compression; empty if there is no body. */
  readonly body: Uint8Array;
  readonly proxy: ProxySettings;
  readonly timeouts: Timeouts;
  /** PEM certificates trusted beside those of the host. */
  readonly ca: string | undefined;
  /** The certificates the host trusts, PEM; undefined if this version of Node cannot list them. */
  readonly hostCa?: readonly string[] | undefined;
  /** The file of `NODE_EXTRA_CA_CERTS`, for versions of Node that cannot list the trusted certificates. */
  readonly extraCaFile?: string | undefined;
}

/** The result of one request: the server's answer, or the error code of why there is none. */
export type TransportResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined }
  | {
      readonly kind: 'failure';
      readonly code: string;
      /** False if the collector certainly received nothing of the request; else it may have. */
      readonly isSent?: boolean | undefined;
    };

/** Makes one request; never rejects, and ends at once when `signal` aborts. */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResult>;

/** Returns true if a report arrived: any 2xx, whatever the body says. */
export function isSuccess(result: TransportResult): boolean {
  return result.kind === 'answer' && result.status >= 200 && result.status < 300;
}

/** Returns true unless the collector certainly received nothing of a request. */
export function mayHaveArrived(result: TransportResult): boolean {
  if (result.kind === 'answer') return true;
  return result.isSent ?? !beforeConnection.test(result.code);
}

// Errors before there is a connection to send on: name lookup, connecting, and verifying the certificate.
const beforeConnection =
  /^(?:E(?:NOTFOUND|CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|ADDRNOTAVAIL|SERVFAIL|TIMEOUT|NODATA|REFUSED|AI_[A-Z]+)|UND_ERR_CONNECT_TIMEOUT|CERT_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|UNABLE_TO_[A-Z_]+|ERR_TLS_[A-Z_]+|ERR_SSL_[A-Z0-9_]+|ERR_PROXY_[A-Z_]+)$/;
