/**
 * A supplier whose orders end when they are told to: `expect` names them, newest last, each with the
 * instant of its completion. Answers single reads, its list by `status`, creates and payments, and
 * counts what it is asked. For benchmarks of when an order is looked at, not of how fast.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "../world/answer-questions.ts";
import { BALANCES, orderOf } from "./order-text.ts";
import type { Asked, TimedOrder } from "./timed-order.ts";

type Kept = TimedOrder & { isPaid: boolean };

/** Newest first, as FoxReload lists them. */
let newestFirst: Kept[] = [];
const byId = new Map<string, Kept>();
let asked: Asked = { reads: 0, pages: 0, others: 0, createdAt: [] };

const statusOf = (order: Kept): "active" | "processing" | "completed" =>
  !order.isPaid ? "active" : order.completesAt <= Date.now() ? "completed" : "processing";

const tell = (order: Kept) => orderOf(order.id, statusOf(order), new Date(order.createdAt));

function add(orders: TimedOrder[], isPaid: boolean): void {
  for (const order of orders) {
    const kept = { ...order, isPaid };
    byId.set(order.id, kept);
    newestFirst.unshift(kept);
  }
}

function list(query: URLSearchParams): unknown {
  const limit = Number(query.get("limit") ?? 50);
  const offset = Number(query.get("offset") ?? 0);
  const status = query.get("status");
  const rows: Kept[] = [];
  let total = 0;
  for (const order of newestFirst) {
    if (status !== null && statusOf(order) !== status) continue;
    total += 1;
    if (total > offset && rows.length < limit) rows.push(order);
  }
  return { items: rows.map(tell), limit, offset, total };
}

function answer(request: IncomingMessage): unknown {
  const url = new URL(request.url ?? "", "http://supplier");
  const [, , what, id = "", verb] = url.pathname.split("/");
  if (what !== "orders") {
    asked.others += 1;
    return what === "access"
      ? JSON.parse(BALANCES)
      : { items: [], limit: 200, offset: 0, total: 0 };
  }
  if (request.method === "POST" && id === "") {
    asked.createdAt.push(Date.now());
    const now = Date.now();
    const order = { id: randomUUID(), createdAt: now, completesAt: now + 20_000 };
    add([order], false);
    return orderOf(order.id, "active", new Date(now));
  }
  const order = byId.get(id);
  if (request.method === "POST") {
    if (order && verb === "pay") order.isPaid = true;
    return order ? tell(order) : null;
  }
  if (id === "") {
    asked.pages += 1;
    return list(url.searchParams);
  }
  asked.reads += 1;
  return order ? tell(order) : null;
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  request.resume().on("end", () => {
    const body = answer(request);
    const text = JSON.stringify(body ?? { message: "Not found" });
    response.writeHead(body === null ? 404 : 200, { "content-type": "application/json" }).end(text);
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, serve);

answerQuestions({
  listen: () =>
    new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    }),
  expect: (orders: TimedOrder[]) => add(orders, true),
  /** A hundred thousand at once are told by their number rather than by name. */
  fill(orders: TimedOrder[]) {
    newestFirst = orders.map((order) => ({ ...order, isPaid: true }));
    for (const order of newestFirst) byId.set(order.id, order);
  },
  asked(): Asked {
    const told = asked;
    asked = { reads: 0, pages: 0, others: 0, createdAt: [] };
    return told;
  },
});
