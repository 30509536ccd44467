/** I8 and I10: what was told of an order, and to whom. */
import type { Client } from "pg";
import { START } from "../simulation.ts";

/** One event of an order, and where it goes. */
export type EndEvent = {
  type: string;
  sequence: number;
  deliveries: number;
  /** Different endpoints among them. */
  endpoints: number;
};

export type ToldOrder = { status: string; isMock: boolean; told: EndEvent[] };

/** One endpoint that hears of everything real, and one that wants ends alone, of mock orders too. */
const ENDPOINTS = [
  { id: "00000000-0000-7000-8000-0000000000e1", events: ["order.*"], includesMock: false },
  { id: "00000000-0000-7000-8000-0000000000e2", events: ["ends"], includesMock: true },
] as const;

const ENDS: Record<string, string> = {
  completed: "order.completed",
  partial: "order.partial",
  cancelled: "order.cancelled",
  failed: "order.failed",
  refunded: "order.refunded",
  rejected: "order.failed",
};
const END_TYPES = [...new Set(Object.values(ENDS))];
const ORDER_TYPES = ["created", "paid", "processing", "unconfirmed", "stalled"].map(
  (word) => `order.${word}`,
);
const ASKED = { "order.*": [...ORDER_TYPES, ...END_TYPES], ends: END_TYPES };

/** Somebody to tell, as the run begins. */
export async function storeEndpoints(observer: Client): Promise<void> {
  for (const { id, events, includesMock } of ENDPOINTS) {
    await observer.query(
      `insert into endpoints (id, name, channel, config, events, product_ids, retry_plan_ms, includes_mock,
         created_at, created_by, updated_at)
       values ($1::uuid, $1::text, 'webhook', '{}', $2, '{}', '{}', $3, $4, 'simulation', $4)`,
      [id, ASKED[events[0]], includesMock, new Date(START - 3_600_000)],
    );
  }
}

/** How many endpoints asked for such an event. */
const askedFor = (type: string, isMock: boolean): number =>
  ENDPOINTS.filter(
    ({ events, includesMock }) => ASKED[events[0]].includes(type) && (includesMock || !isMock),
  ).length;

/** What is wrong with what was told of an order that has come to its end, or waits for a person. */
export function judgeTold(name: string, { status, isMock, told }: ToldOrder): string[] {
  const problems: string[] = [];
  const end = ENDS[status];
  const times = told.filter(({ type }) => type === end).length;
  if (end && times !== 1) problems.push(`I8: ${name} was told of ${times} times as ${end}`);
  const other = told.find(
    ({ type }) =>
      END_TYPES.includes(type) &&
      type !== end &&
      status !== "refunded" &&
      !(type === "order.partial" && status === "completed"),
  );
  if (other) problems.push(`I8: ${name} was told of as ${other.type}`);
  if (told[0]?.type !== "order.created") problems.push(`I8: ${name} was not told of as placed`);
  for (const [at, { type, sequence, deliveries, endpoints }] of told.entries()) {
    if (sequence !== at + 1) problems.push(`I8: ${name}: ${type} is number ${sequence}`);
    const asked = askedFor(type, isMock);
    if (deliveries === 0) problems.push(`I10: ${name}: ${type} has no delivery`);
    else if (endpoints !== asked || deliveries !== Math.max(asked, 1)) {
      problems.push(`I8: ${name}: ${type} goes to ${endpoints} endpoints of ${asked}`);
    }
  }
  return problems;
}
