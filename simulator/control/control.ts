import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { clockOffsetSchema } from "../behaviours.ts";
import { catchUp } from "../catch-up.ts";
import { foreignOrderSchema, placeForeign } from "../foreign-order.ts";
import { readBody } from "../http/listen.ts";
import { readJson } from "../http/parse.ts";
import type { Reply } from "../http/reply.ts";
import { balanceCurrencies, money } from "../money.ts";
import type { RequestLog } from "../request-log.ts";
import type { World } from "../world.ts";
import { addRule, newRuleSchema, ruleView } from "./rules.ts";
import { truth } from "./truth.ts";

const maxBodyBytes = 1_048_576;

const amount = z.string().regex(/^\d{1,12}(\.\d{1,8})?$/, "write an amount as decimal text");

const balanceBody = z.strictObject({ currency: z.enum(balanceCurrencies), available: amount });
const advanceBody = z.strictObject({ ms: z.int().min(0).max(31_536_000_000) });
const clockBody = z.strictObject({ offsetMs: clockOffsetSchema });
const keysBody = z.strictObject({ apiKeys: z.array(z.string().min(1)).min(1) });
const productBody = z.strictObject({
  product: z.string(),
  price: amount.optional(),
  quantity: z.int().min(0).max(1_000_000_000).optional(),
});

/** Answers the control port: no key, JSON in and out, loopback only. */
export function createControl(world: World, log: RequestLog) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxBodyBytes);
    const { pathname } = new URL(request.url ?? "/", "http://simulator");
    const reply =
      body === null
        ? failure(413, "The body is too large")
        : respond(`${request.method} ${pathname}`, body, world, log);
    const unsaved = await world.store.flush().then(
      () => null,
      (error) => failure(500, `The state could not be saved: ${error}`),
    );
    response.writeHead((unsaved ?? reply).status, { "content-type": "application/json" });
    response.end(JSON.stringify((unsaved ?? reply).json));
  };
}

function respond(what: string, body: string, world: World, log: RequestLog): Reply {
  const { state } = world.store;
  switch (what) {
    case "GET /rules":
      return done({ items: state.rules.map(ruleView) });
    case "POST /rules":
      return reading(body, newRuleSchema, (rule) => {
        const added = addRule(rule, world);
        return added.ok ? { status: 201, json: added.rule } : failure(409, added.why);
      });
    case "DELETE /rules":
      state.rules.length = 0;
      world.store.touch();
      return done({});
    case "GET /truth":
      return done(truth(world));
    case "GET /requests":
      return done(log.read());
    case "POST /balance":
      return reading(body, balanceBody, (balance) => {
        catchUp(world);
        world.change({ balance }, []);
        return done(world.balanceOf(balance.currency));
      });
    case "POST /products":
      return reading(body, productBody, (change) => changeProduct(change, world));
    case "POST /advance":
      return reading(body, advanceBody, ({ ms }) => {
        state.clockOffsetMs += ms;
        world.store.touch();
        catchUp(world);
        return done({ now: new Date(world.now()).toISOString() });
      });
    case "POST /clock":
      return reading(body, clockBody, ({ offsetMs }) => {
        world.change({ clockOffsetMs: offsetMs }, []);
        return done({ told: world.told(world.now()).toISOString() });
      });
    case "POST /keys":
      return reading(body, keysBody, ({ apiKeys }) => {
        state.apiKeys = apiKeys;
        world.store.touch();
        return done({});
      });
    case "POST /orders":
      return reading(body, foreignOrderSchema, (order) => placeForeign(order, world));
    case "POST /reset":
      world.reset();
      log.clear();
      return done({});
    default:
      return deleteRule(what, world);
  }
}

function deleteRule(what: string, world: World): Reply {
  const id = /^DELETE \/rules\/([^/]+)$/.exec(what)?.[1];
  const { rules } = world.store.state;
  const index = rules.findIndex((rule) => rule.id === id);
  if (index === -1) return failure(404, `Nothing here for ${what}`);
  rules.splice(index, 1);
  world.store.touch();
  return done({});
}

function changeProduct(change: z.infer<typeof productBody>, world: World): Reply {
  const product = world.catalogue.product(change.product);
  if (product === undefined) return failure(404, `There is no product ${change.product}`);
  const { state } = world.store;
  if (change.price !== undefined) state.usdPrices[product.id] = money(change.price);
  if (change.quantity !== undefined) state.stock[product.id] = change.quantity;
  world.store.touch();
  return done({
    id: product.id,
    price: world.usdPriceOf(product),
    quantity: world.stockOf(product),
  });
}

function reading<Value>(
  body: string,
  schema: z.ZodType<Value>,
  act: (value: Value) => Reply,
): Reply {
  const json = readJson(body);
  const result = schema.safeParse(json);
  return result.success ? act(result.data) : failure(422, z.prettifyError(result.error));
}

function done(json: unknown): Reply {
  return { status: 200, json };
}

function failure(status: number, error: string): Reply {
  return { status, json: { error } };
}
