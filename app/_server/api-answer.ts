import type { CheckedKey } from "#lib/api/check-key.ts";
import type { Counted } from "#lib/api/count-request.ts";
import { RATE_WINDOW_SECONDS } from "#lib/api/key-policy.ts";
import { type Problem, problemBody, statusOf } from "#lib/api/problems.ts";
import { env } from "#lib/platform/env.ts";

type Headers = Record<string, string>;

const PRIVATE = { "cache-control": "no-store" } as const;

export const jsonResponse = (body: unknown, status: number, headers: Headers = {}): Response =>
  Response.json(body, { status, headers: { ...headers, ...PRIVATE } });

/** RFC 9457. */
export function problemResponse(
  problem: Problem,
  reference: string,
  headers: Headers = {},
): Response {
  const status = statusOf(problem.code);
  const { retryAfterSeconds } = problem;
  return jsonResponse(problemBody(problem, env().NEXTAUTH_URL, reference), status, {
    ...headers,
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    "content-type": "application/problem+json",
  });
}

/** As draft-ietf-httpapi-ratelimit-headers has them. */
export const rateHeaders = (rate: Counted | undefined): Headers =>
  rate
    ? {
        "ratelimit-policy": `"key";q=${rate.limit};w=${RATE_WINDOW_SECONDS}`,
        ratelimit: `"key";r=${rate.remaining};t=${rate.resetSeconds}`,
      }
    : {};

const REFUSALS = {
  missing: "key_missing",
  unknown: "key_invalid",
  expired: "key_expired",
  revoked: "key_revoked",
  address: "address_refused",
} as const;

/** Why a key isn't let in. */
export function problemOf(checked: Exclude<CheckedKey, { kind: "ok" }>): Problem {
  switch (checked.kind) {
    case "refused":
      return { code: REFUSALS[checked.why] };
    case "rate_limited":
      return { code: "rate_limited", retryAfterSeconds: checked.rate.resetSeconds };
    case "too_many":
      return { code: "too_many_failures", retryAfterSeconds: checked.retryAfterSeconds };
  }
}
