import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody } from "../http/listen.ts";
import { faultsSchema } from "./faults.ts";
import { ways } from "./order-book.ts";
import type { OzzobitWorld } from "./server.ts";

const MAX_BODY_BYTES = 64 * 1024;

const target = z.strictObject({ url: z.url(), secret: z.string().min(1) });
const account = z
  .strictObject({ apiKey: z.string().min(1), apiSecret: z.string().min(1) })
  .partial();
const fate = z
  .strictObject({ way: z.enum(ways).nullable(), stepMs: z.number().int().min(0) })
  .partial();
const status = z.strictObject({ id: z.string(), status: z.string().min(1) });

/** The control port: JSON without a key, a mistake is answered with `{"error":"a sentence"}`. */
export function createControl(world: OzzobitWorld) {
  const acts: Record<string, (body: unknown) => unknown> = {
    "GET /truth": () => ({
      orders: world.book.all(),
      webhooks: world.sent,
      requests: world.requests,
      sockets: {
        connected: world.sockets.connected(),
        connects: world.sockets.connects(),
        subscriptions: world.sockets.subscriptions(),
      },
    }),
    "POST /faults": (body) => {
      const given = faultsSchema.parse(body);
      const named = Object.keys(z.record(z.string(), z.unknown()).parse(body));
      Object.assign(
        world.faults,
        Object.fromEntries(Object.entries(given).filter(([name]) => named.includes(name))),
      );
      return world.faults;
    },
    "POST /webhook": (body) => {
      world.target = target.nullable().parse(body);
      return {};
    },
    "POST /account": (body) => {
      Object.assign(world.keys, account.parse(body));
      return {};
    },
    "POST /fate": (body) => {
      Object.assign(world.book, fate.parse(body));
      return {};
    },
    "POST /status": (body) => {
      const asked = status.parse(body);
      const order = world.book.setStatus(asked.id, asked.status);
      if (!order) throw new Error("There is no such order.");
      return order;
    },
    "POST /drop-sockets": () => {
      world.sockets.drop();
      return {};
    },
    "POST /expire-tokens": () => {
      world.keys.tokens.clear();
      return {};
    },
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const act = acts[`${request.method} ${request.url}`];
    const body = await readBody(request, MAX_BODY_BYTES);
    const answer = (code: number, json: unknown) => {
      response.writeHead(code, { "content-type": "application/json" });
      response.end(JSON.stringify(json));
    };
    if (!act) return answer(404, { error: "There is no such request." });
    try {
      answer(200, act(body ? JSON.parse(body) : {}));
    } catch (error) {
      const said = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      answer(400, { error: said });
    }
  };
}
