import type { ReplyFault } from "../behaviours.ts";
import type { Reply } from "./reply.ts";

const htmlPage =
  "<!doctype html><html><head><title>Just a moment</title></head><body></body></html>";

/** The answer that takes the place of the handler's, when the fault keeps the request from having an effect. */
export function replyInstead(fault: ReplyFault | null, wallNow: number): Reply | null {
  if (fault === null) return null;
  if (fault.rateLimit !== undefined) return tooManyRequests(fault.rateLimit, wallNow);
  if (fault.refuse !== undefined) {
    const { status, code = "REFUSED", detail = "Refused" } = fault.refuse;
    return { status, json: { code, detail } };
  }
  if (fault.serverError?.effect === false) return serverError(fault.serverError.status);
  return null;
}

/** The answer after the effect: a server error may still cover up what was done. */
export function replyAfter(reply: Reply, fault: ReplyFault | null): Reply {
  return fault?.serverError === undefined ? reply : serverError(fault.serverError.status);
}

function tooManyRequests(limit: NonNullable<ReplyFault["rateLimit"]>, wallNow: number): Reply {
  const { retryAfter, as } = limit;
  const json = { code: "TOO_MANY_REQUESTS", detail: "Slow down" };
  if (retryAfter === undefined) return { status: 429, json };
  const value =
    typeof retryAfter === "number" && as === "date"
      ? new Date(wallNow + retryAfter * 1000).toUTCString()
      : String(retryAfter);
  return { status: 429, headers: { "retry-after": value }, json };
}

function serverError(status: number): Reply {
  return { status, json: { code: "INTERNAL_ERROR", detail: "Something went wrong" } };
}

/** The body of an answer, as the fault spoils it. */
export function spoilBody(reply: Reply, fault: ReplyFault | null): Buffer {
  if (fault?.garble === "html") return Buffer.from(htmlPage);
  if (fault?.garble === "empty" || reply.json === undefined) return Buffer.alloc(0);
  const told =
    fault?.unknownStatus === undefined ? reply.json : withStatus(reply.json, fault.unknownStatus);
  const text = JSON.stringify(fault?.garble === "wrong-types" ? withWrongTypes(told) : told);
  if (fault?.garble === "truncated")
    return Buffer.from(text).subarray(0, Math.ceil(text.length / 2));
  // Blanks before a JSON value are still JSON: only the size is wrong.
  return Buffer.from(" ".repeat(fault?.oversizeBytes ?? 0) + text);
}

function withStatus(json: unknown, word: string): unknown {
  if (Array.isArray(json)) return json.map((one) => withStatus(one, word));
  if (!isRecord(json)) return json;
  if ("status" in json) return { ...json, status: word };
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, withStatus(value, word)]),
  );
}

function withWrongTypes(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withWrongTypes);
  if (!isRecord(json)) return wrong(json);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, wrong(value)]));
}

function wrong(value: unknown): unknown {
  if (typeof value === "string") return 7;
  if (typeof value === "number" || typeof value === "boolean") return { value };
  return value === null ? false : "something else";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
