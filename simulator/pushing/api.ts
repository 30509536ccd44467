import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { replyAfter, replyInstead } from "../http/faults.ts";
import { readBody } from "../http/listen.ts";
import { readJson } from "../http/parse.ts";
import { ok, type Reply } from "../http/reply.ts";
import { lose, sendAnswer } from "../http/send.ts";
import { toAnswer } from "../http/to-answer.ts";
import { decimal, type NewOrder } from "./orders.ts";
import { products } from "./products.ts";
import { type Endpoint, pickRule } from "./rules.ts";
import type { World } from "./world.ts";

const maxBodyBytes = 1_048_576;

const newOrder = z.object({
  reference: z.string().min(1).max(100),
  items: z
    .array(z.object({ sku: z.string(), quantity: z.int().min(1).max(100) }))
    .min(1)
    .max(20),
  test: z.boolean().default(false),
  total: z.string().optional(),
});

type Asked = { endpoint: Endpoint; skus: string[]; answer(): Reply | Promise<Reply> };

/** Answers the supplier's API: orders by reference, push on every change, no pay step. */
export function createApi(world: World, signal: AbortSignal) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxBodyBytes);
    const send = (reply: Reply, fault: Parameters<typeof toAnswer>[1] = null) =>
      sendAnswer(response, toAnswer(reply, fault, world), signal);
    if (request.headers.authorization !== `Bearer ${world.settings.apiKey}`) {
      await send(refusal(401, "unauthorized", "The key is wrong."));
      return;
    }
    const asked = body === null ? null : route(request, body, world);
    if (asked === null) {
      await send(refusal(404, "not_found", "There is no such path."));
      return;
    }
    const fault = pickRule(world.rules, "answer", asked, world.settings.seed);
    const wait = (ms: number | undefined) =>
      ms ? sleep(ms, undefined, { signal }).catch(() => {}) : null;
    await wait(fault?.delayBeforeMs);
    if (fault?.loseReply === "before") {
      lose(response);
      return;
    }
    const reply = replyInstead(fault, world.now()) ?? replyAfter(await asked.answer(), fault);
    await wait(fault?.delayMs);
    await send(reply, fault);
  };
}

function route(request: IncomingMessage, body: string, world: World): Asked | null {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator");
  const reference = searchParams.get("reference");
  const [, , id] = /^\/v1\/(orders)\/([^/]+)$/.exec(pathname) ?? [];
  const what = `${request.method} ${id === undefined ? pathname : "/v1/orders/{id}"}`;
  switch (what) {
    case "POST /v1/orders":
      return create(readJson(body), world);
    case "GET /v1/orders/{id}":
      return read("order", () => {
        const order = world.orders.find(id ?? "");
        return order ? ok(world.orders.view(order)) : noOrder;
      });
    case "GET /v1/orders":
      return read("find", () =>
        reference === null
          ? refusal(422, "reference_missing", "Orders are found by their reference.")
          : ok({ orders: world.orders.findAll(reference).map(world.orders.view) }),
      );
    case "GET /v1/balance":
      return read("balance", () =>
        ok({ balance: decimal(world.balanceCents), currency: "USD", reserved: "0.00" }),
      );
    case "GET /v1/products":
      return read("products", () =>
        ok({
          products: products.map(({ sku, name, cents, delivers }) => ({
            sku,
            name,
            price: decimal(cents),
            currency: "USD",
            stock: 1_000,
            is_service: delivers === "nothing",
          })),
        }),
      );
    default:
      return null;
  }
}

const read = (endpoint: Endpoint, answer: () => Reply): Asked => ({ endpoint, skus: [], answer });

function create(json: unknown, world: World): Asked {
  const parsed = newOrder.safeParse(json);
  const given = parsed.data;
  return {
    endpoint: "create",
    skus: given?.items.map(({ sku }) => sku) ?? [],
    async answer() {
      if (!given) return refusal(422, "invalid", "The order is not understood.");
      const created = await world.orders.create(given as NewOrder);
      if (created.kind === "refused") return refusal(created.status, created.code, created.message);
      const status = created.kind === "created" ? 201 : 200;
      return { status, json: world.orders.view(created.order) };
    },
  };
}

function refusal(status: number, code: string, message: string): Reply {
  return { status, json: { error: { code, message } } };
}

const noOrder = refusal(404, "order_not_found", "There is no such order.");
