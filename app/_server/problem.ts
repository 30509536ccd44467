import type { ErrorCode } from "#lib/platform/errors.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Log } from "#lib/platform/log.ts";

const HTTP_STATUS: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  invalid: 400,
  too_soon: 429,
  proof_needed: 403,
};

/** What a door answers when a verb threw: our own codes as they are, anything else as `internal`. */
export type Problem = { code: ErrorCode | "internal"; reference: string };

/**
 * The one place where the doors' failures are logged. Without a log the runtime failed to start,
 * which is logged where that happens.
 */
export function toProblem(error: unknown, log: Log | undefined, reference: string): Problem {
  if (error instanceof KeyholdError) return { code: error.code, reference };
  log?.error({ err: error, correlationId: reference }, "a request failed");
  return { code: "internal", reference };
}

/** RFC 9457. */
export function problemResponse(problem: Problem): Response {
  const status = problem.code === "internal" ? 500 : HTTP_STATUS[problem.code];
  return Response.json(
    { type: "about:blank", title: problem.code, status, ...problem },
    {
      status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    },
  );
}
