import { onTestFinished } from "vitest";
import { answer, type RawServer, type Reply, startRawServer } from "../http/raw-server.fixture.ts";
import type { Outcome, Supplier } from "../port.ts";
import { ORDER_ID, REFERENCE, type Subject } from "./subject.fixture.ts";

export const NOW = new Date("2026-03-01T12:00:00Z");
/** One that a busy machine keeps; a test that is about it doesn't wait for it. */
export const DEADLINE_MS = 10_000;

export type Script = { server: RawServer; supplier: Supplier; calls(): string[] };

/** An account whose every call is answered by `reply`; closed when the test ends. */
export async function scripted(
  subject: Subject,
  reply: Reply,
  { now = () => NOW } = {},
): Promise<Script> {
  const made: string[] = [];
  const server = await startRawServer((socket, request) => {
    const before = subject.before?.(request) ?? null;
    if (before) return before(socket, request);
    made.push(request);
    reply(socket, request);
  });
  const supplier = subject.connect(server.baseUrl, { deadlineMs: DEADLINE_MS, now });
  onTestFinished(async () => {
    await supplier.close();
    await server.close();
  });
  return { server, supplier, calls: () => made };
}

export type Ask = (supplier: Supplier) => Promise<Outcome<unknown>>;

/** The calls that ask for an order, as far as the traits offer them. */
export function callsOf(subject: Subject, { traits }: Supplier): [string, "read" | "write", Ask][] {
  const all: [boolean, string, "read" | "write", Ask][] = [
    [true, "createOrder", "write", (to) => to.createOrder(subject.newOrder, { notAfter: NOW })],
    [traits.readsOrders, "getOrder", "read", (to) => to.getOrder(ORDER_ID)],
    [traits.findsByReference, "findOrder", "read", (to) => to.findOrder(REFERENCE, null)],
  ];
  return all.flatMap(([isOffered, name, kind, ask]) => (isOffered ? [[name, kind, ask]] : []));
}

export const json =
  (status: number, body: unknown, headers?: Record<string, string>): Reply =>
  (socket) =>
    socket.write(answer(status, JSON.stringify(body), headers));

export const bytes =
  (text: string): Reply =>
  (socket) =>
    socket.end(text, "latin1");

/** "accepted", "unknown" or the class of a refusal. */
export function short(outcome: Outcome<unknown>): string {
  if (outcome.kind !== "refused") return outcome.kind;
  return outcome.refusal.class === "unknown" ? "unknown class" : outcome.refusal.class;
}
