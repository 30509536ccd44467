import { z } from "zod";
import { invalid, invalidBy } from "./refusals.ts";
import type { Reply } from "./reply.ts";

export type Parsed<Value> = { value: Value } | { refusal: Reply };

/** Reads the query by `schema`. A name that is given twice counts once, the last one. */
export function parseQuery<Value>(query: URLSearchParams, schema: z.ZodType<Value>): Parsed<Value> {
  const result = schema.safeParse(Object.fromEntries(query));
  return result.success ? { value: result.data } : { refusal: invalidBy(result.error, "query") };
}

/** Reads a JSON body by `schema`. An empty body counts as `{}`. */
export function parseBody<Value>(body: string, schema: z.ZodType<Value>): Parsed<Value> {
  const json = readJson(body);
  if (json === undefined) {
    return {
      refusal: invalid([{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]),
    };
  }
  const result = schema.safeParse(json);
  return result.success ? { value: result.data } : { refusal: invalidBy(result.error, "body") };
}

/** The JSON value of a body, or undefined where it is none. */
export function readJson(body: string): unknown {
  try {
    return body.trim() === "" ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `true` or `false` in a query; absent means false. */
export const flag = z
  .enum(["true", "false", "1", "0"])
  .default("false")
  .transform((text) => text === "true" || text === "1");

/** A page size in a query, as the supplier bounds it. */
export const pageSize = z.coerce.number().int().min(1).max(200).default(50);
