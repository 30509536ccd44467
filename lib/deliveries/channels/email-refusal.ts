import type { SendOutcome } from "../channel.ts";
import type { ErrorKind } from "../types.ts";
import { failureOf } from "./failure-of.ts";

type SmtpError = Error & { code?: string; response?: string; responseCode?: number };

/** What a mail server's answer means, or the error of a connection that got none. */
export function emailRefusal(
  error: unknown,
  signal: AbortSignal,
): Exclude<SendOutcome, { kind: "accepted" }> {
  const { code, response, responseCode, message } = (error ?? {}) as SmtpError;
  if (code === "EAUTH" || code === "ENOAUTH") {
    return refused("credentials", responseCode, response ?? message);
  }
  if (responseCode === undefined || code === "ETLS") return failureOf(error, signal);
  return refused(kindOf(responseCode), responseCode, response ?? message);
}

const refused = (errorKind: ErrorKind, status: number | undefined, answer: string) => ({
  kind: "refused" as const,
  errorKind,
  status: status ?? null,
  answer,
});

/** 4xx is for now, 5xx for good (RFC 5321 4.2.1). */
function kindOf(code: number): ErrorKind {
  if (code === 530 || code === 534 || code === 535 || code === 538) return "credentials";
  if (code === 421 || code === 450 || code === 451 || code === 452) return "broken";
  return code < 500 ? "broken" : "refused";
}
