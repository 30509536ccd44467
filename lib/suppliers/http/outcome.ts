import type { CallTiming, Json, Outcome, Refusal, RefusalClass } from "../port.ts";
import type { ErrorBody } from "./error-body.ts";
import { readHttpDate } from "./http-date.ts";
import { limits } from "./limits.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What came of one HTTP exchange, before anybody judges it. */
export type Exchange =
  /** Proved: not one byte of the request was written. */
  | { kind: "not_sent"; problem: string }
  /** Written, at least in part, and no status line came back. */
  | { kind: "no_answer"; problem: string; firstByteAt: Date }
  | ({ kind: "answered"; body: Body; firstByteAt: Date } & AnswerHead);

export type AnswerHead = {
  status: number;
  /** The headers that matter, as sent; null where they are absent. */
  retryAfter: string | null;
  date: string | null;
};

export type Body = { kind: "json"; json: Json } | { kind: "unreadable"; problem: string };

/** What the caller makes of a 2xx body: the value it needs, or why it is not there. */
export type Read<T> = { ok: true; value: T } | { ok: false; problem: string };

/** An exchange with its body looked into: all that the table asks about. */
type Seen = {
  sent: boolean;
  /** A POST: it may have cost money. */
  isWrite: boolean;
  saysWhenToRetry: boolean;
  /** 0 where no status line came back. */
  status: number;
  /** A 2xx body that holds what was asked for. */
  usable: boolean;
  /** The body in the supplier's error shape. */
  error: ErrorBody | null;
};

type Verdict = "accepted" | "unknown" | { refused: RefusalClass | "by code" };

/** Name, condition, outcome. */
type Rule = readonly [when: string, holds: (seen: Seen) => boolean, outcome: Verdict];

/**
 * Which condition has which outcome, for reads and writes: the first rule that holds decides.
 * `refused` has to be proved, so whatever no rule names is `unknown`.
 */
export const outcomeTable: readonly Rule[] = [
  // Nothing reached the supplier: DNS, refused, TLS, connect timeout.
  ["not sent", (seen) => !seen.sent, refused("transient")],
  // It may have been acted on: timeout, reset, garbage in place of a status line.
  ["sent, no status", (seen) => seen.status === 0, "unknown"],

  // A firewall or proxy may say these about the answer, after the supplier has acted on a write.
  ["write, 401, 403, 404, foreign body", foreignToWrite(401, 403, 404), "unknown"],
  [
    "write, 429, foreign body, no Retry-After",
    (seen) => foreignToWrite(429)(seen) && !seen.saysWhenToRetry,
    "unknown",
  ],
  // Otherwise these say no by themselves, whatever stands in the body or was cut off from it.
  ["401, 403", status(401, 403), refused("auth")],
  ["429", status(429), refused("rate_limited")],

  // These don't say whether the request took effect.
  ["1xx, 3xx", (seen) => seen.status < 200 || hundred(3)(seen), "unknown"],
  ["5xx and above", (seen) => seen.status >= 500, "unknown"],
  ["408, 425", status(408, 425), "unknown"],

  ["2xx with what was asked for", (seen) => hundred(2)(seen) && seen.usable, "accepted"],
  ["2xx without it", hundred(2), "unknown"],

  // Left: 4xx. A code that we know is a clear no under each of them, 409 included.
  ["4xx, known code", (seen) => seen.error?.known != null, refused("by code")],
  ["404", status(404), refused("not_found")],
  ["409, no known code", status(409), "unknown"],
  // Empty, cut off, or not the supplier's own words: something between us may have spoken.
  ["4xx, foreign body", (seen) => seen.error === null, "unknown"],
  ["400, 422", status(400, 422), refused("validation")],
  ["other 4xx", hundred(4), refused("unknown")],
];

function refused(as: RefusalClass | "by code"): Verdict {
  return { refused: as };
}

function status(...codes: number[]): (seen: Seen) => boolean {
  return (seen) => codes.includes(seen.status);
}

function foreignToWrite(...codes: number[]): (seen: Seen) => boolean {
  return (seen) => seen.isWrite && seen.error === null && status(...codes)(seen);
}

function hundred(first: number): (seen: Seen) => boolean {
  return (seen) => Math.floor(seen.status / 100) === first;
}

/** The outcome of an exchange by the table. `read` sees only complete 2xx bodies. */
export function judge<T>(
  exchange: Exchange,
  read: (json: Json) => Read<T>,
  context: {
    /** What of an answer is the supplier's own words on an error; it hides what is secret. */
    readError: (json: Json) => ErrorBody | null;
    now: Date;
    isWrite: boolean;
  },
): Outcome<T> {
  const answered = exchange.kind === "answered" ? exchange : null;
  const json = answered?.body.kind === "json" ? answered.body.json : undefined;
  const code = answered?.status ?? 0;
  const error = json === undefined ? null : readErrorSafely(context.readError, json);
  const value = json !== undefined && code >= 200 && code < 300 ? readSafely(read, json) : null;
  const seen = {
    sent: exchange.kind !== "not_sent",
    isWrite: context.isWrite,
    saysWhenToRetry: (answered?.retryAfter ?? null) !== null,
    status: code,
    usable: !!value?.ok,
    error,
  };

  const timing = timingOf(exchange);
  const verdict = verdictOn(seen);
  if (verdict === "accepted" && value?.ok) return { kind: "accepted", value: value.value, timing };
  if (verdict === "accepted" || verdict === "unknown") {
    const problem = value && !value.ok ? value.problem : problemOf(exchange);
    return { kind: "unknown", reason: problem, httpStatus: code || null, timing };
  }
  const refusal: Refusal = {
    class: verdict.refused === "by code" ? (error?.known ?? "unknown") : verdict.refused,
    code: error?.code ?? null,
    detail: error?.detail || problemOf(exchange),
    httpStatus: code || null,
  };
  const waitMs =
    refusal.class === "rate_limited"
      ? retryAfterMs(answered?.retryAfter ?? null, context.now)
      : null;
  if (waitMs !== null) refusal.retryAfterMs = waitMs;
  return { kind: "refused", refusal, timing };
}

function timingOf(exchange: Exchange): CallTiming {
  return {
    firstByteAt: exchange.kind === "not_sent" ? null : exchange.firstByteAt,
    supplierClock:
      exchange.kind === "answered" && exchange.date !== null ? readHttpDate(exchange.date) : null,
  };
}

/** A mistake of ours in reading an answer must not lose that the call went out. */
function readSafely<T>(read: (json: Json) => Read<T>, json: Json): Read<T> {
  try {
    return read(json);
  } catch {
    return { ok: false, problem: "the answer could not be read" };
  }
}

/** Nor may one in reading what looks like an error: it then counts as nobody's words. */
function readErrorSafely(read: (json: Json) => ErrorBody | null, json: Json): ErrorBody | null {
  try {
    return read(json);
  } catch {
    return null;
  }
}

function verdictOn(seen: Seen): Verdict {
  const rule = outcomeTable.find(([, holds]) => holds(seen));
  return rule ? rule[2] : "unknown";
}

function problemOf(exchange: Exchange): string {
  if (exchange.kind !== "answered") return exchange.problem.slice(0, limits.detailChars);
  const { status, body } = exchange;
  return body.kind === "unreadable" ? `HTTP ${status}: ${body.problem}` : `HTTP ${status}`;
}
