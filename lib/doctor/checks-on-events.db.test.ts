import { describe, expect, it } from "vitest";
import { askFor } from "#lib/events/events.fixture.ts";
import type { EventType } from "#lib/events/types.ts";
import { announceOrders } from "#lib/orders/announce-orders.ts";
import { keepOneDatabase, openSoundDatabase } from "./doctor.fixture.ts";

keepOneDatabase();

/** The completed order and the refused one, told of as recording does it, with somebody who asked. */
async function openToldDatabase() {
  const sound = await openSoundDatabase();
  const { db, core, ago, completed, rejected } = sound;
  const tell = (orderId: string, types: EventType[]) =>
    db.$transaction((tx) =>
      announceOrders(
        tx,
        core,
        types.map((type) => ({ orderId, type, data: { reason: null } })),
        ago(60),
      ),
    );
  const endpointId = await askFor(db, { createdAt: ago(90), updatedAt: ago(90) });
  await tell(completed.id, ["order.created", "order.paid", "order.completed"]);
  await tell(rejected.id, ["order.created", "order.failed"]);
  const eventOf = async (orderId: string, type: EventType) =>
    (await db.outboundEvent.findFirstOrThrow({ where: { orderId, type } })).id;
  return { ...sound, tell, endpointId, eventOf };
}

it("has nothing against orders that were told of, nor against those from before events", async () => {
  const told = await openToldDatabase();
  expect(await told.complaints()).toEqual([]);
  expect(await told.complaints({ since: told.ago(120) })).toEqual([]);
});

describe("I8: told of once", () => {
  it("sees an end that nobody was told of", async () => {
    const { completed, complaints, ...told } = await openToldDatabase();
    const id = await told.eventOf(completed.id, "order.completed");
    await told.break(
      `delete from deliveries where event_id = '${id}'`,
      `delete from events where id = '${id}'`,
    );
    expect(await complaints()).toEqual([
      `I8 ${completed.id} is completed, and was told of so 0 times`,
    ]);
  });

  it("sees another end told of than the order came to", async () => {
    const { completed, ...told } = await openToldDatabase();
    await told.tell(completed.id, ["order.failed"]);
    const complaints = await told.complaints();
    expect(complaints).toContain(
      `I8 ${completed.id} was told of as order.failed, and is completed`,
    );
  });

  it("lets a refund follow whatever an order had come to, and be told", async () => {
    const { completed, db, complaints, ...told } = await openToldDatabase();
    const at = told.ago(30);
    await db.order.update({
      where: { id: completed.id },
      data: { status: "refunded", statusChangedAt: at },
    });
    expect(await complaints()).toContain(
      `I8 ${completed.id} is refunded, and was told of so 0 times`,
    );
    await told.tell(completed.id, ["order.refunded"]);
    expect((await complaints()).filter((one) => one.includes("told of"))).toEqual([]);
  });

  it("sees somebody who had asked and was not told", async () => {
    const { completed, endpointId, complaints, ...told } = await openToldDatabase();
    const id = await told.eventOf(completed.id, "order.completed");
    await told.break(
      `update deliveries set endpoint_id = null, state = 'not_apply', reason = 'nobody_asked',
       next_attempt_at = null, finished_at = now() where event_id = '${id}'`,
    );
    expect(await complaints()).toEqual([
      `I8 ${id} order.completed was not told to endpoint ${endpointId}, which asked for it`,
    ]);
    // It was edited, or switched on again, later: nobody knows what it asked for then.
    await told.db.auditEntry.create({
      data: {
        ...{ actorKind: "job", actorName: "fixture", action: "endpoint.enabled" },
        ...{ objectKind: "endpoint", objectId: endpointId },
      },
    });
    expect(await complaints()).toEqual([]);
  });

  it("minds what an endpoint asks for", async () => {
    const { db, ago, core, complaints } = await openToldDatabase();
    const before = { createdAt: ago(90), updatedAt: ago(90) };
    await askFor(db, { ...before, events: ["order.cancelled"] });
    await askFor(db, { ...before, productIds: [core.newId()] });
    await askFor(db, { ...before, disabledAt: ago(70), disabledWhy: "gone" });
    await askFor(db, { ...before, deletedAt: ago(70), updatedAt: ago(70) });
    await askFor(db, { createdAt: ago(60), updatedAt: ago(60) });
    expect(await complaints()).toEqual([]);
    const late = await askFor(db, before);
    expect(await complaints()).toHaveLength(5);
    expect((await complaints()).every((one) => one.includes(late))).toBe(true);
  });
});

it("I10: sees an event without a delivery", async () => {
  const { rejected, complaints, ...told } = await openToldDatabase();
  const id = await told.eventOf(rejected.id, "order.failed");
  await told.break(`delete from deliveries where event_id = '${id}'`);
  expect(await complaints()).toEqual([
    expect.stringContaining(`I8 ${id} order.failed was not told`),
    `I10 ${id} order.failed of order ${rejected.id} has no delivery, not even one that says why`,
  ]);
});

it("I4: sees codes told of that were not stored by then", async () => {
  const { completed, complaints, ...told } = await openToldDatabase();
  await told.break(`update codes set stored_at = now() where id = '${completed.codes[0]?.id}'`);
  expect(await complaints()).toContain(
    `I4 ${completed.id} order.completed tells of 2 codes of line ${completed.itemId}, and 1 were stored by then`,
  );
});
