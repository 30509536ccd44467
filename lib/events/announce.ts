import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { EventType } from "./types.ts";

export type NewEvent = {
  type: EventType;
  /** Of the payload's form. */
  version: number;
  /** What it is about. */
  subject: string;
  /** Where it is about an order: its row has to be locked, or new, since its events are numbered. */
  orderId: string | null;
  isMock: boolean;
  /** Stock products that it is about. */
  productIds: string[];
  /** The payload's `data`; never a code. */
  data: Record<string, unknown>;
  /** The one endpoint that it is for, whatever that asks for; whoever asks for it where left out. */
  endpointId?: string;
};

/**
 * Writes what happened, and a delivery for each endpoint that asks for it, within the transaction that made it
 * happen: both are there, or neither. Where nobody asks, one delivery says so. Workers hear of it on commit.
 */
export async function announce(
  tx: Pick<Tx, "$queryRaw">,
  core: Pick<Core, "newId">,
  events: NewEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const told = events.map((event) => ({ id: core.newId(), at: at.toISOString(), ...event }));
  await tx.$queryRaw`select announce(${JSON.stringify(told)}::jsonb)`;
}
