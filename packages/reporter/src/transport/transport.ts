/** Limits of one request, in milliseconds. */
export interface Timeouts {
  /** Default 10 seconds. */
  readonly connect: number;
  /** From start to answer; default 30 seconds. A sender that is silent for twice as long is taken for dead. */
  readonly total: number;
}

/** One request as it is handed to the transport. */
export interface TransportRequest {
  readonly url: string;
  /** The report before compression. */
  readonly body: Uint8Array;
  readonly proxy: { readonly http: string; readonly https: string; readonly no: string };
  readonly timeouts: Timeouts;
  /** PEM certificates trusted beside the system's. */
  readonly ca: string | undefined;
}

/** What became of one request: the server's answer, or why there is none (an error code). */
export type TransportResult =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failure'; readonly code: string };

/** Makes one request; never rejects, and gives up at once on `signal`. */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportResult>;
