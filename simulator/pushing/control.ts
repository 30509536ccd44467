import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody } from "../http/listen.ts";
import { readJson } from "../http/parse.ts";
import { ok, type Reply } from "../http/reply.ts";
import { decimal } from "./orders.ts";
import { newRuleSchema } from "./rules.ts";
import { schemes } from "./sign.ts";
import type { World } from "./world.ts";

const maxBodyBytes = 1_048_576;

const hookBody = z.strictObject({
  url: z.url(),
  secret: z.string().min(1),
  scheme: z.enum(schemes).default("hmac"),
});
const settingsBody = z.strictObject({
  completeAfterMs: z.int().min(0).max(86_400_000).optional(),
  onRepeat: z.enum(["same", "conflict", "new"]).optional(),
  apiKey: z.string().min(1).optional(),
});
const balanceBody = z.strictObject({ available: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/) });

/** Answers the control port: no key, JSON in and out, loopback only. */
export function createControl(world: World) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxBodyBytes);
    const { pathname } = new URL(request.url ?? "/", "http://simulator");
    const reply =
      body === null
        ? failure(413, "The body is too large")
        : await respond(`${request.method} ${pathname}`, readJson(body), world);
    response.writeHead(reply.status, { "content-type": "application/json" });
    response.end(JSON.stringify(reply.json));
  };
}

async function respond(what: string, json: unknown, world: World): Promise<Reply> {
  const [, refundedId] = /^POST \/orders\/([^/]+)\/refund$/.exec(what) ?? [];
  if (refundedId !== undefined) {
    const order = world.orders.find(refundedId);
    if (!order) return failure(404, "There is no such order");
    await world.orders.refund(order);
    return ok(world.orders.view(order));
  }
  switch (what) {
    case "POST /webhook":
      return reading(json, hookBody, (hook) => {
        world.hook = hook;
        return ok({});
      });
    case "POST /test-event":
      await world.messenger.tell("webhook.test", null, [], { hello: "world" });
      return ok({});
    case "POST /settings":
      return reading(json, settingsBody, (settings) => {
        Object.assign(world.settings, settings);
        return ok({});
      });
    case "POST /balance":
      return reading(json, balanceBody, ({ available }) => {
        world.balanceCents = Math.round(Number(available) * 100);
        return ok({ available: decimal(world.balanceCents) });
      });
    case "POST /rules":
      return reading(json, newRuleSchema, (rule) => {
        const added = { ...rule, id: world.newId("rule"), considered: 0, fired: 0 };
        world.rules.push(added);
        return { status: 201, json: added };
      });
    case "GET /rules":
      return ok({ items: world.rules });
    case "DELETE /rules":
      world.rules.length = 0;
      return ok({});
    case "GET /messages":
      return ok({ items: world.messenger.messages() });
    case "GET /truth":
      return ok({
        balance: decimal(world.balanceCents),
        orders: world.orders.all().map(world.orders.view),
      });
    default:
      return failure(404, "There is no such path");
  }
}

function reading<T>(json: unknown, schema: z.ZodType<T>, then: (value: T) => Reply): Reply {
  const parsed = schema.safeParse(json);
  return parsed.success ? then(parsed.data) : failure(400, z.prettifyError(parsed.error));
}

const failure = (status: number, error: string): Reply => ({ status, json: { error } });
