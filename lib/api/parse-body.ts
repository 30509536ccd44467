import type { z } from "zod";
import type { Problem, ProblemFacts } from "./problems.ts";

/** Deeper than anything that is asked for; a parser of ours would have to follow it. */
const MOST_ERRORS = 20;

export type ParsedBody<Form extends z.ZodType> =
  | { ok: true; body: z.output<Form> }
  | { ok: false; problem: Problem };

/** UTF-8 or nothing: what is replaced on the way would be another wish. */
export function parseBody<Form extends z.ZodType>(form: Form, raw: Uint8Array): ParsedBody<Form> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch {
    return { ok: false, problem: { code: "malformed_json" } };
  }
  const parsed = form.safeParse(json);
  if (parsed.success) return { ok: true, body: parsed.data };
  const errors: NonNullable<ProblemFacts["errors"]> = parsed.error.issues
    .slice(0, MOST_ERRORS)
    .map(({ path, message }) => ({ pointer: pointerTo(path), detail: message.slice(0, 300) }));
  return { ok: false, problem: { code: "invalid_request", facts: { errors } } };
}

/** As RFC 6901 has it, in an address. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  ["#", ...path.map((step) => segment(String(step)))].join("/");

const segment = (step: string): string =>
  encodeURIComponent(
    step
      .slice(0, 100)
      .replace(/\p{Cs}/gu, "")
      .replaceAll("~", "~0")
      .replaceAll("/", "~1"),
  );
