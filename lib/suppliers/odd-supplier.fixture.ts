/** A small supplier over real HTTP that behaves in ways the simulator doesn't. */
import { onTestFinished } from "vitest";
import { answer, startRawServer } from "./http/raw-server.fixture.ts";

type Row = Record<string, unknown> & { id: string; status: string };

export type Oddities = {
  /** What it makes of `idempotencyKey`; left out: nothing. */
  key?: "same_order" | "not_taken";
  /** What it says of `isMock` in its answers. */
  mock?: "silent" | "real";
  /** Fields of an item that its answers leave out. */
  hides?: ("note" | "quantity")[];
  refusesNotes?: boolean;
  list?: "oldest_first" | "none" | "late" | "silent on mocks";
  /** A new order's status. */
  born?: string;
  /** Taken from the balance by each create. */
  takes?: number;
  balance?: "unreadable";
  pay?: (row: Row) => [status: number, body: unknown];
};

export async function openOddSupplier(odd: Oddities) {
  const rows: Row[] = [];
  const keys = new Map<string, Row>();
  const posts: { path: string; body: Record<string, unknown> }[] = [];
  let balance = 100;
  let lists = 0;
  // An account that has been used for long: more than a page.
  const earlier = Array.from({ length: 60 }, (_, n) => ({
    id: `earlier-${n}`,
    status: "completed",
    items: [],
  }));

  const shown = ({ ...row }: Row) => {
    if (odd.mock === "silent") delete row.isMock;
    if (odd.mock === "real") row.isMock = false;
    row.items = (row.items as Record<string, unknown>[]).map(({ ...item }) => {
      for (const field of odd.hides ?? []) delete item[field];
      return item;
    });
    return row;
  };

  function create(body: Record<string, unknown>): [number, unknown] {
    const { idempotencyKey: key, isMock, items } = body;
    const lines = items as { itemId: string; quantity: number; note?: object }[];
    if (key && odd.key === "not_taken") return [422, { detail: "extra fields not permitted" }];
    if (odd.refusesNotes && lines[0]?.note) return [422, { detail: "unknown note" }];
    const repeated = odd.key === "same_order" ? keys.get(String(key)) : undefined;
    if (repeated) return [200, shown(repeated)];
    const row: Row = {
      id: `Order-${rows.length + 1}`,
      status: odd.born ?? "active",
      isMock,
      currency: "USD",
      totalPrice: "1.00",
      items: lines.map(({ itemId, ...line }) => ({ product: { id: itemId }, ...line })),
    };
    rows.push(row);
    if (key) keys.set(String(key), row);
    balance -= odd.takes ?? 0;
    return [201, shown(row)];
  }

  function pay(row: Row): [number, unknown] {
    if (odd.pay) return odd.pay(row);
    if (row.status !== "active") return [409, { code: "ORDER_PAYMENT_NOT_POSSIBLE", detail: "no" }];
    row.status = "paid";
    return [200, shown(row)];
  }

  function list(offset: number): [number, unknown] {
    lists++;
    if (odd.list === "none" || (odd.list === "late" && lists < 5)) {
      return [200, { items: earlier.slice(offset, offset + 50), total: 60, offset }];
    }
    const ours = rows.map((row) => {
      const view = shown(row);
      if (odd.list === "silent on mocks") delete view.isMock;
      return view;
    });
    const all =
      odd.list === "oldest_first" ? [...earlier, ...ours] : [...ours.reverse(), ...earlier];
    return [200, { items: all.slice(offset, offset + 50), total: all.length, offset }];
  }

  function respond(method: string, url: URL, body: Record<string, unknown>): [number, unknown] {
    const [, , room, id, action] = url.pathname.split("/");
    if (room === "products") return [200, { id, name: "A code", price: "1.00", currency: "usd" }];
    if (room === "access") {
      return odd.balance === "unreadable"
        ? [500, {}]
        : [200, [{ currency: "usd", available: String(balance), reserved: "0", pending: "0" }]];
    }
    if (method === "POST" && !id) return create(body);
    if (!id) return list(Number(url.searchParams.get("offset") ?? 0));
    const row = rows.find((one) => one.id.toLowerCase() === id.toLowerCase());
    if (!row) return [404, { code: "NOT_FOUND", detail: "no such order" }];
    return action === "pay" ? pay(row) : [200, shown(row)];
  }

  const server = await startRawServer((socket, request) => {
    const [head = "", text = ""] = request.split("\r\n\r\n");
    const [method = "", path = ""] = head.split(" ");
    const body = text === "" ? {} : JSON.parse(text);
    if (method === "POST") posts.push({ path, body });
    const [status, json] = respond(method, new URL(path, "http://odd"), body);
    socket.write(answer(status, JSON.stringify(json)));
  });
  onTestFinished(() => server.close());
  return { url: server.baseUrl, posts, rows };
}
