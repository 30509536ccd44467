import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Endpoint } from "./faults.ts";
import type { Order, OrderBook } from "./order-book.ts";

export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  bearer: string | null;
  body: string;
};
export type Reply = { status: number; json: unknown };

/** Key and secret of the account, and the tokens that it was given. */
export type Keys = {
  apiKey: string;
  apiSecret: string;
  tokenSeconds: number;
  tokens: Map<string, number>;
};

export const endpointOf = ({ method, path }: Request): Exclude<Endpoint, "any"> | null => {
  if (method === "POST" && path === "/api/api/v2/auth/token") return "token";
  if (method === "POST" && path === "/api/api/v2/orders/create") return "create";
  if (method === "GET" && path === "/api/api/v2/orders") return "list";
  return method === "GET" && path.startsWith("/api/api/v2/orders/") ? "get" : null;
};

const wanted = z.object({
  partnerOrderId: z.string().min(1).nullable().default(null),
  productsAvailed: z.enum(["BUY", "SELL"]),
  cryptoCurrency: z.string().min(1),
  network: z.string().min(1),
  fiatCurrency: z.string().min(1),
  fiatAmount: z.number().positive(),
  walletAddress: z.string().min(1).nullable().default(null),
});

const listQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  status: z.string().optional(),
  sortBy: z.enum(["createdAt", "updatedAt", "fiatAmount"]).default("createdAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
});

const no = (status: number, message: string): Reply => ({ status, json: { message } });

/** Answers one request as the supplier does. */
export function answer(request: Request, book: OrderBook, keys: Keys, now: number): Reply {
  const endpoint = endpointOf(request);
  if (endpoint === "token") return giveToken(request.body, keys, now);
  if (!isSignedIn(request.bearer, keys, now)) return no(401, "Unauthorized");
  if (endpoint === "create") return create(request.body, book, now);
  if (endpoint === "list") return list(request.query, book);
  if (endpoint !== "get") return no(404, "Not found");
  const order = book.find(decodeURIComponent(request.path.split("/").at(-1) ?? ""));
  return order ? { status: 200, json: view(order) } : no(404, "Order not found");
}

function giveToken(body: string, keys: Keys, now: number): Reply {
  const asked = readJson(body) as { apiKey?: unknown; apiSecret?: unknown } | null;
  if (asked?.apiKey !== keys.apiKey || asked.apiSecret !== keys.apiSecret) {
    return no(401, "Unknown key");
  }
  const exp = Math.floor(now / 1_000) + keys.tokenSeconds;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${part({ alg: "HS256", typ: "JWT" })}.${part({ exp, jti: randomUUID() })}`;
  const token = `${head}.${createHmac("sha256", keys.apiSecret).update(head).digest("base64url")}`;
  keys.tokens.set(token, exp * 1_000);
  return { status: 200, json: { accessToken: token } };
}

const isSignedIn = (bearer: string | null, keys: Keys, now: number): boolean =>
  bearer === keys.apiSecret || (bearer !== null && (keys.tokens.get(bearer) ?? 0) > now);

function create(body: string, book: OrderBook, now: number): Reply {
  const asked = wanted.safeParse(readJson(body));
  if (!asked.success) return no(422, z.prettifyError(asked.error));
  const { id, status, createdAt } = book.create(asked.data);
  const expiresAt = new Date(now + 15 * 60_000).toISOString();
  const paymentUrl = `https://pay.example.com/${id}`;
  return {
    status: 201,
    json: { id, status, depositAddress: null, expiresAt, paymentUrl, createdAt },
  };
}

function list(query: URLSearchParams, book: OrderBook): Reply {
  const asked = listQuery.safeParse(Object.fromEntries(query));
  if (!asked.success) return no(400, "Bad query");
  const { page, limit, status, sortBy, order } = asked.data;
  const all = book
    .all()
    .filter((one) => status === undefined || one.status === status)
    .sort((a, b) => (a[sortBy] < b[sortBy] ? 1 : a[sortBy] > b[sortBy] ? -1 : 0));
  if (order === "asc") all.reverse();
  const data = all.slice((page - 1) * limit, page * limit).map(view);
  const totalPages = Math.ceil(all.length / limit);
  const pagination = { totalItems: all.length, totalPages, currentPage: page, perPage: limit };
  return { status: 200, json: { data, pagination } };
}

const view = (order: Order) => ({
  ...order,
  cryptoAmount: order.fiatAmount / 2,
  fee: { network: 1, partner: 0, OZZOBiT: 0.5, total: 1.5 },
  paymentMethod: "card",
  kycStatus: "APPROVED",
});

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
