import { AddressRefused, NameUnresolved } from "#lib/platform/outbound-errors.ts";
import type { SendOutcome } from "../channel.ts";
import type { ErrorKind } from "../types.ts";

type Failure = Extract<SendOutcome, { kind: "failed" | "refused" }>;

const CONNECT =
  /^(ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/;
const TIMEOUT =
  /^(ETIMEDOUT|CONNECT_TIMEOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|UND_ERR_ABORTED|ABORT_ERR|EABORT)$/;
const DNS = /^(ENOTFOUND|EAI_[A-Z]+|EDNS|ESERVFAIL|ENODATA)$/;
const TLS =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|ETLS$)/;
const RESET =
  /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED|ECONNECTION|ESOCKET|NR_CLOSED)$/;

/** An answer came, and its meaning can't be known. */
export class UnusableAnswer extends Error {
  readonly errorKind: ErrorKind;

  constructor(errorKind: ErrorKind, message: string) {
    super(message);
    this.name = "UnusableAnswer";
    this.errorKind = errorKind;
  }
}

/**
 * What an error says of a try that got no answer. Libraries wrap what happened, so the innermost cause that is
 * known decides; a time limit that has passed explains everything else.
 */
export function failureOf(error: unknown, signal?: AbortSignal): Failure {
  const causes = chainOf(error);
  for (const cause of causes) {
    // Nothing of what the network said: it would tell what lives at a refused address.
    if (cause instanceof AddressRefused) return failed("address_refused", cause.message);
    if (cause instanceof UnusableAnswer) return failed(cause.errorKind, cause.message);
    if (cause instanceof NameUnresolved) return failed("dns", cause.message);
  }
  if (signal?.aborted) return failed("timeout", "no answer within the time that a try has");
  const known = causes
    .reverse()
    .map((cause) => ({ cause, kind: kindOf(cause) }))
    .find(({ kind }) => kind !== null);
  const words = (known?.cause ?? causes.at(-1))?.message ?? String(error);
  return failed(known?.kind ?? "reset", words);
}

const failed = (errorKind: ErrorKind, answer: string): Failure => ({
  kind: "failed",
  errorKind,
  status: null,
  answer,
});

function kindOf(error: Error & { code?: unknown; originalCode?: unknown }): ErrorKind | null {
  // nodemailer puts a code of its own in the place of the system's.
  const known = error.originalCode ?? error.code;
  const code = typeof known === "string" ? known : "";
  if (DNS.test(code)) return "dns";
  if (CONNECT.test(code)) return "connect";
  if (TLS.test(code)) return "tls";
  if (TIMEOUT.test(code) || /^(Abort|Timeout)Error$/.test(error.name)) return "timeout";
  if (/timed out/i.test(error.message)) return "timeout";
  if (RESET.test(code)) return "reset";
  return null;
}

const DEEPEST = 8;

/** The error and what it came from, outermost first. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && chain.length < DEEPEST && !chain.includes(next)) {
    chain.push(next);
    // grammY and AggregateError have names of their own for it.
    const { cause, error: inner, errors } = next as Error & { error?: unknown; errors?: unknown[] };
    next = cause ?? inner ?? errors?.[0];
  }
  return chain;
}
