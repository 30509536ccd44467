import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { scopesAllow } from "#lib/access/permissions.ts";
import { checkKey, type KeyActor } from "#lib/api/check-key.ts";
import type { Counted } from "#lib/api/count-request.ts";
import { readIdempotencyKey } from "#lib/api/idempotency-key.ts";
import { type Operation, scopesFor } from "#lib/api/operations.ts";
import { parseBody } from "#lib/api/parse-body.ts";
import { NO_QUERY, type Parsed, parseQuery } from "#lib/api/parse-query.ts";
import type { Problem } from "#lib/api/problems.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { isPlacedBy } from "#lib/orders/read-placed.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { jsonResponse, problemOf, problemResponse, rateHeaders } from "./api-answer.ts";
import { clientAddress } from "./client-address.ts";
import { readRaw } from "./read-raw.ts";
import { runtime } from "./runtime.ts";

const MOST_BYTES = 64 * 1024;

/** What an operation is handed: who asks, and what for, both proved. */
export type ApiRequest<Op extends Operation> = {
  actor: KeyActor;
  /** Of orders the key sees its own alone; one that an address names has been found to be. */
  ownOrdersOnly: boolean;
  params: Record<string, string>;
  query: Parsed<Op["query"]>;
  body: Op["body"] extends z.ZodType ? z.output<Op["body"]> : null;
  /** Empty where the operation asks for none. */
  idempotencyKey: string;
  request: { address: string | null; correlationId: string; agent: string | null };
  /** The caller has gone. */
  signal: AbortSignal;
};

export type ApiAnswer =
  | { status: 200 | 201; body: unknown; isReplayed?: boolean }
  | { problem: Problem; reference?: string; isReplayed?: boolean };

type Handle<Op extends Operation> = (ctx: Runtime, asked: ApiRequest<Op>) => Promise<ApiAnswer>;

/** A built route without a parameter in its address gets `undefined` for them. */
type RouteContext = { params: Promise<Record<string, string> | undefined> };

/** A handler as Next calls it. */
export type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/** Thrown within this file and `handle`: answered as it is. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/**
 * The one door of the API: whose key it is, whether its scopes reach, whether what is asked for is well formed;
 * then one function of lib; then JSON. Whatever goes wrong is a problem of the closed list.
 */
export function apiRoute<const Op extends Operation>(operation: Op, handle: Handle<Op>) {
  return async (request: Request, context: RouteContext): Promise<Response> => {
    const reference = correlationOf(request.headers);
    let ctx: Runtime | undefined;
    let rate: Counted | undefined;
    try {
      ctx = await runtime();
      const address = clientAddress(request.headers.get("x-forwarded-for"));
      const checked = await checkKey(ctx, request.headers.get("authorization"), address);
      if ("rate" in checked) rate = checked.rate;
      if (checked.kind !== "ok") throw new Refused(problemOf(checked));
      const { actor, ownOrdersOnly } = checked;
      const asked = await read(operation, actor, request, (await context.params) ?? {});
      const { id } = asked.params;
      if (ownOrdersOnly && id !== undefined && !(await isPlacedBy(ctx, actor.id, id))) {
        throw new Refused({ code: "not_found" });
      }
      const answer = await handle(ctx, {
        actor,
        ownOrdersOnly,
        ...asked,
        request: { address, correlationId: reference, agent: agentOf(request.headers) },
        signal: request.signal,
      });
      const headers = { ...rateHeaders(rate), ...replayed(answer.isReplayed) };
      return "problem" in answer
        ? problemResponse(answer.problem, answer.reference ?? reference, headers)
        : jsonResponse(answer.body, answer.status, headers);
    } catch (error) {
      return problemResponse(toProblem(error, ctx, reference), reference, rateHeaders(rate));
    }
  };
}

async function read<Op extends Operation>(
  operation: Op,
  actor: KeyActor,
  request: Request,
  params: Record<string, string>,
): Promise<Pick<ApiRequest<Op>, "params" | "query" | "body" | "idempotencyKey">> {
  if (!scopesAllow(actor.scopes, operation.permission)) {
    const facts = { scope: scopesFor(operation).join(" or ") };
    throw new Refused({ code: "scope_missing", facts });
  }
  if (!takesJson(request.headers.get("accept"))) throw new Refused({ code: "not_acceptable" });
  if (Object.values(params).some((id) => !isUuid(id))) throw new Refused({ code: "not_found" });
  const asked = parseQuery(operation.query ?? NO_QUERY, new URL(request.url).searchParams);
  if (!asked.ok) throw new Refused({ code: "invalid_request", facts: { errors: asked.errors } });
  const idempotencyKey = operation.needsIdempotencyKey ? keyOf(request.headers) : "";
  return {
    params,
    query: asked.query as Parsed<Op["query"]>,
    body: (operation.body ? await bodyOf(operation.body, request) : null) as ApiRequest<Op>["body"],
    idempotencyKey,
  };
}

function keyOf(headers: Headers): string {
  const header = headers.get("idempotency-key");
  if (!header?.trim()) throw new Refused({ code: "idempotency_key_missing" });
  const key = readIdempotencyKey(header);
  if (key === null) throw new Refused({ code: "idempotency_key_invalid" });
  return key;
}

async function bodyOf<Form extends z.ZodType>(form: Form, request: Request) {
  const type = request.headers.get("content-type") ?? "";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type) || encoding !== "identity") {
    throw new Refused({ code: "unsupported_media_type" });
  }
  const raw = await readRaw(request, MOST_BYTES);
  if (!raw) throw new Refused({ code: "too_large" });
  const parsed = parseBody(form, raw);
  if (!parsed.ok) throw new Refused(parsed.problem);
  return parsed.body;
}

/** Whether JSON is among what is accepted, and not refused by `q=0`. */
function takesJson(accept: string | null): boolean {
  if (accept === null || accept.trim() === "") return true;
  return accept.split(",").some((range) => {
    const [type = "", ...settings] = range.split(";").map((part) => part.trim().toLowerCase());
    const isRefused = settings.some((setting) => /^q\s*=\s*0(\.0{0,3})?$/.test(setting));
    return ["*/*", "application/*", "application/json"].includes(type) && !isRefused;
  });
}

function toProblem(error: unknown, ctx: Runtime | undefined, reference: string): Problem {
  if (error instanceof Refused) return error.problem;
  if (error instanceof KeyholdError && error.code === "not_found") return { code: "not_found" };
  // Without a runtime there was a failed start, which is logged where it happens.
  if (!ctx) return { code: "unavailable", retryAfterSeconds: 5 };
  ctx.log.error({ err: error, correlationId: reference }, "an API request failed");
  return { code: "internal" };
}

/** The program that it was done with, as that calls itself. */
const agentOf = (headers: Headers): string | null =>
  headers.get("user-agent")?.slice(0, 300) ?? null;

/** Set by the proxy. */
export function correlationOf(headers: Headers): string {
  const given = headers.get("x-correlation-id") ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

const replayed = (isReplayed = false): Record<string, string> =>
  isReplayed ? { "idempotency-replayed": "true" } : {};
