/** Endpoints as tests need them, and what was told. */
import type { Db } from "#lib/platform/db.ts";
import { newId } from "#lib/platform/new-id.ts";
import { bodyOf } from "./body-of.ts";
import { pageOf } from "./page-of.ts";
import { messageSchema } from "./schemas.ts";
import type { EventType } from "./types.ts";

type EndpointFacts = Partial<Parameters<Db["endpoint"]["create"]>[0]["data"]>;

/** One that asks for everything real. Nothing is ever sent to it here. */
export async function askFor(db: Db, facts: EndpointFacts = {}): Promise<string> {
  const id = newId();
  const at = new Date();
  await db.endpoint.create({
    data: {
      ...{ id, name: `endpoint ${id}`, channel: "webhook", config: {} },
      ...{ events: ["*"], productIds: [] },
      ...{ createdAt: at, createdBy: "test", updatedAt: at },
      ...facts,
    } as Parameters<Db["endpoint"]["create"]>[0]["data"],
  });
  return id;
}

/** An order's events in their order, each with its deliveries. */
export const toldOf = (db: Db, orderId: string) =>
  db.outboundEvent.findMany({
    where: { orderId },
    orderBy: { sequence: "asc" },
    include: { deliveries: true },
  });

export type Told = Awaited<ReturnType<typeof toldOf>>[number];

export const typesOf = (events: { type: string }[]): string[] => events.map(({ type }) => type);

/** The message of a stored event; throws where it isn't as the schema of its type says. */
export function messageOf(event: Omit<Told, "deliveries">) {
  const { payload } = bodyOf(event, pageOf("https://ops.example.com", event));
  return messageSchema(event.type as EventType).parse(payload);
}
