import { onTestFinished } from "vitest";
import { answer, type RawServer, type Reply, startRawServer } from "../http/raw-server.fixture.ts";
import type { NewSupplierOrder, Outcome, Supplier } from "../port.ts";
import { connectFoxreload } from "./connect.ts";

export const NOW = new Date("2026-03-01T12:00:00Z");
export const ORDER = '{"id":"o-1","status":"active"}';

export const NEW_ORDER: NewSupplierOrder = {
  reference: "0199-a-reference",
  items: [{ productId: "product_1", quantity: 1, note: null }],
  isMock: true,
  totalPrice: "1.50",
  currency: "USD",
};

export type Ask = (supplier: Supplier) => Promise<Outcome<unknown>>;

/** The same conditions hold for each of these calls. */
export const calls: [string, Ask][] = [
  ["POST create", (supplier) => supplier.createOrder(NEW_ORDER, { notAfter: NOW })],
  ["POST pay", (supplier) => supplier.payOrder("o-1", { notAfter: NOW })],
  ["GET order", (supplier) => supplier.getOrder("o-1")],
];

export const NOT_SENT = { firstByteAt: null, supplierClock: null };

export const send =
  (bytes: string | Buffer): Reply =>
  (socket) =>
    socket.write(bytes);
export const sendAndEnd =
  (bytes: string): Reply =>
  (socket) =>
    socket.end(bytes, "latin1");
export const silence: Reply = () => undefined;

export const json = (status: number, body: unknown, headers?: Record<string, string>): Reply =>
  send(answer(status, JSON.stringify(body), headers));

/** "accepted", "unknown" or the class of a refusal. */
export function short(outcome: Outcome<unknown>): string {
  if (outcome.kind !== "refused") return outcome.kind;
  return outcome.refusal.class === "unknown" ? "unknown class" : outcome.refusal.class;
}

/** One that a busy machine keeps; a test that is about it doesn't wait for it. */
export const DEADLINE_MS = 5_000;

/** A raw server that is closed when the test ends. */
export async function serve(...how: Parameters<typeof startRawServer>): Promise<RawServer> {
  const server = await startRawServer(...how);
  onTestFinished(() => server.close());
  return server;
}

/** An account at that address, closed when the test ends. */
export function connectTo(baseUrl: string, { connectMs = 4_000, now = () => NOW } = {}): Supplier {
  const timeouts = { connectMs, readMs: DEADLINE_MS, writeMs: DEADLINE_MS };
  const account = { baseUrl, apiKey: "key-123456", currency: "USD", timeouts, now };
  const supplier = connectFoxreload(account);
  onTestFinished(() => supplier.close());
  return supplier;
}
