import type { z } from "zod";
import type { Reply } from "./reply.ts";

/** A refusal in the supplier's envelope. */
export function refusal(status: number, code: string, detail: string): Reply {
  return { status, json: { code, detail } };
}

export const unauthorized = refusal(401, "UNAUTHORIZED", "Invalid or missing API key");

export function notFound(what: string): Reply {
  return refusal(404, "NOT_FOUND", `${what} not found`);
}

export type InvalidField = { loc: readonly (string | number)[]; msg: string; type: string };

/** A validation refusal, as FastAPI writes it: a list under `detail` and no code. */
export function invalid(fields: readonly InvalidField[]): Reply {
  return { status: 422, json: { detail: fields } };
}

/** The same from Zod's findings, each placed in `where` (body, query or header). */
export function invalidBy(error: z.ZodError, where: string): Reply {
  return invalid(
    error.issues.map((issue) => ({
      loc: [where, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))],
      msg: issue.message,
      type: issue.code,
    })),
  );
}
