import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { lose, type Outcome, replyAfter, replyInstead, sendReply } from "./http/faults.ts";
import { readBody } from "./http/listen.ts";
import { readJson } from "./http/parse.ts";
import { invalid, notFound, refusal, unauthorized } from "./http/refusals.ts";
import type { Reply } from "./http/reply.ts";
import { type Call, findRoute, type Route } from "./http/router.ts";
import { type OrderCurrency, orderCurrencies } from "./money.ts";
import type { RequestLog } from "./request-log.ts";
import { accessRoutes } from "./routes/access.ts";
import { categoryRoutes } from "./routes/categories.ts";
import { orderRoutes } from "./routes/orders.ts";
import { productRoutes } from "./routes/products.ts";
import { type Picked, pickRules, type RequestFacts } from "./rules.ts";
import type { World } from "./world.ts";

const maxBodyBytes = 1_048_576;
const routes: readonly Route[] = [
  ...categoryRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...accessRoutes,
];

type Admitted = { route: Route; call: Omit<Call, "fate"> };
type Sent = { status: number; outcome: Outcome; ruleIds: readonly string[] };

/**
 * Answers the supplier's own endpoints. The steps, always in this order: find the route, check key
 * and currency, pick the rules, wait, refuse or lose before the effect, change the world, handle,
 * save, wait, spoil the answer.
 */
export function createSupplier(world: World, log: RequestLog, signal: AbortSignal) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = new Date(world.now()).toISOString();
    const method = request.method ?? "";
    const url = new URL(request.url ?? "/", "http://simulator");
    const body = await readBody(request, maxBodyBytes);
    const admitted = admit(request, method, url, body, world);
    const sent = await ("route" in admitted
      ? serve(admitted, response)
      : sendPlainly(admitted, response)
    ).catch((error: unknown) => fail(error, response));
    log.add({
      at,
      method,
      path: url.pathname,
      query: url.search,
      endpoint: "route" in admitted ? admitted.route.endpoint : null,
      status: sent.outcome === "lost" ? null : sent.status,
      ruleIds: sent.ruleIds,
    });
  };

  async function sendPlainly(reply: Reply, response: ServerResponse): Promise<Sent> {
    const outcome = await sendReply(response, reply, null, signal);
    return { status: reply.status, outcome, ruleIds: [] };
  }

  async function serve({ route, call }: Admitted, response: ServerResponse): Promise<Sent> {
    world.catchUp();
    const facts = factsOf(route, call, world);
    const picked = pickRules(world.store.state.rules, facts, world.settings.seed);
    const { ruleIds, reply: fault } = picked;
    if (ruleIds.length > 0) world.store.touch();

    await wait(fault?.delayBeforeMs);
    if (signal.aborted || fault?.loseReply === "before") {
      return { status: 0, outcome: lose(response), ruleIds };
    }
    const reply = replyInstead(fault, world.wallNow()) ?? (await perform(route, call, picked));
    await wait(fault?.delayMs);
    const outcome = await sendReply(response, reply, fault, signal);
    return { status: reply.status, outcome, ruleIds };
  }

  async function perform(route: Route, call: Omit<Call, "fate">, picked: Picked): Promise<Reply> {
    if (picked.world !== null) world.change(picked.world.change, picked.world.productIds);
    world.catchUp();
    const reply = route.handle({ ...call, fate: picked.fate }, world);
    // What was answered must survive a kill; a read only repeats what the file already tells.
    if (route.method === "POST") await world.store.flush();
    return replyAfter(reply, picked.reply);
  }

  /** Ends early, without an error, when the server closes. */
  async function wait(milliseconds: number | undefined): Promise<void> {
    if (milliseconds) await sleep(milliseconds, undefined, { signal }).catch(() => {});
  }
}

/** Finds what is asked for, or the answer to somebody who may not or can not ask it. */
function admit(
  request: IncomingMessage,
  method: string,
  url: URL,
  body: string | null,
  world: World,
): Admitted | Reply {
  if (body === null) return refusal(413, "BODY_TOO_LARGE", "Request body too large");
  const found = findRoute(routes, method, url.pathname);
  switch (found.kind) {
    case "none":
      return notFound("Path");
    case "wrong-method":
      return refusal(405, "METHOD_NOT_ALLOWED", "Method not allowed");
    case "redirect":
      return { status: 307, headers: { location: found.path + url.search } };
    case "route": {
      if (request.headers["x-api-key"] !== world.settings.apiKey) return unauthorized;
      const currency = currencyOf(request);
      if (currency === null) return badCurrency;
      const { route, params } = found;
      return { route, call: { params, query: url.searchParams, body, currency } };
    }
  }
}

function fail(error: unknown, response: ServerResponse): Sent {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (response.headersSent) return { status: 0, outcome: lose(response), ruleIds: [] };
  response.writeHead(500).end();
  return { status: 500, outcome: "answered", ruleIds: [] };
}

const badCurrency = invalid([
  { loc: ["header", "X-Currency"], msg: "Input should be 'usd' or 'rub'", type: "enum" },
]);

function currencyOf(request: IncomingMessage): OrderCurrency | null {
  const given = request.headers["x-currency"] ?? "usd";
  return orderCurrencies.find((currency) => currency === String(given).toLowerCase()) ?? null;
}

/** What the request names, read without judging it: a body that isn't an order names nothing. */
function factsOf(
  { endpoint }: Route,
  { params, body }: Omit<Call, "fate">,
  world: World,
): RequestFacts {
  const order = params.order === undefined ? undefined : world.orders.find(params.order);
  if (order !== undefined) {
    return { endpoint, orderId: order.id, productIds: order.items.map((item) => item.productId) };
  }
  const productIds = endpoint === "create" ? itemIds(readJson(body)) : [];
  if (params.product !== undefined) productIds.push(params.product);
  return { endpoint, orderId: null, productIds };
}

function itemIds(json: unknown): string[] {
  const items = (json as { items?: unknown } | null | undefined)?.items;
  if (!Array.isArray(items)) return [];
  return items.map((item) => item?.itemId).filter((id) => typeof id === "string");
}
