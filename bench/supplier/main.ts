/**
 * The supplier of every contender: a process of its own that answers like FoxReload, from nothing but
 * what stands in the address. `http://…/shop/api/orders/{id}` is an order of the account `shop`; how an
 * account behaves is told by the parent (`behave`), and counted (`tally`).
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "../world/answer-questions.ts";
import type { Behaviour, Tally } from "./behaviour.ts";
import { createLimiter, type Limiter } from "./limiter.ts";

type Account = { does: Behaviour; tally: Tally; limiter: Limiter | null; held: Set<() => void> };

const NOTHING: Tally = {
  accepted: 0,
  limited: 0,
  inside: 0,
  insideForMs: 0,
  crossed: 0,
  windows: 0,
};

const accounts = new Map<string, Account>();

function accountOf(name: string): Account {
  let account = accounts.get(name);
  if (!account) {
    account = {
      does: { orders: "completed" },
      tally: { ...NOTHING },
      limiter: null,
      held: new Set(),
    };
    accounts.set(name, account);
  }
  return account;
}

function orderText(id: string, status: "processing" | "completed"): string {
  const code = createHash("sha1").update(id).digest("hex").slice(0, 20).toUpperCase();
  return JSON.stringify({
    id,
    status,
    cancelReason: null,
    totalPrice: "4.7500",
    currency: "USD",
    isMock: false,
    createdAt: "2026-11-01T10:00:00.000Z",
    updatedAt: "2026-11-01T10:00:30.000Z",
    paymentExpiresAt: "2026-11-01T10:15:00.000Z",
    items: [
      {
        product: { id: "product_bench", name: "Gift card 5 USD" },
        quantity: 1,
        price: "4.7500",
        note: null,
        userGuide: null,
        error: null,
        externalData: status === "completed" ? [code] : null,
      },
    ],
  });
}

const EMPTY_LIST = JSON.stringify({ items: [], limit: 200, offset: 0, total: 0 });
const BALANCES = JSON.stringify([
  { currency: "USD", available: "1000.00", reserved: "0.00", pending: "0.00" },
]);

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, name = "", , what = "", id = ""] = (request.url ?? "").split(/[/?]/);
  const account = accountOf(name);
  const refused = account.limiter?.take(Date.now()) ?? null;
  if (refused) {
    const { tally } = account;
    tally[refused.kind] += 1;
    if (refused.kind === "inside") tally.insideForMs = Math.max(tally.insideForMs, refused.forMs);
    send(response, 429, '{"message":"Too many requests"}', {
      "retry-after": String(refused.retryAfterSeconds),
    });
    return;
  }
  account.tally.accepted += 1;
  if (what !== "orders" || id === "") {
    send(response, 200, what === "access" ? BALANCES : EMPTY_LIST);
    return;
  }
  const say = () =>
    send(
      response,
      200,
      orderText(id, account.does.orders === "completed" ? "completed" : "processing"),
    );
  if (account.does.orders === "held") account.held.add(say);
  else say();
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

const server = createServer({ keepAliveTimeout: 60_000 }, answer);

answerQuestions({
  listen: () =>
    new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    }),
  behave({ account: name, does }: { account: string; does: Behaviour }) {
    const account = accountOf(name);
    account.does = does;
    account.limiter = does.limit ? createLimiter(does.limit) : null;
    account.tally = { ...NOTHING };
    if (does.orders === "held") return;
    for (const say of account.held) say();
    account.held.clear();
  },
  tally(name: string): Tally {
    const account = accountOf(name);
    return { ...account.tally, windows: account.limiter?.windows() ?? 0 };
  },
  held: (name: string) => accountOf(name).held.size,
});
