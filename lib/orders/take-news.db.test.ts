import { afterAll, expect, it, vi } from "vitest";
import type { Outcome, Supplier, SupplierOrder, SupplierTraits } from "#lib/suppliers/port.ts";
import {
  createOrder,
  POLLED_TRAITS,
  scriptedSupplier,
  testActor,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  accepted,
  codes,
  supplierItem,
  supplierOrder,
  UNREADABLE,
} from "./observations.fixture.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  place,
  plainCodes,
  timelineKinds,
  whole,
} from "./orders.fixture.ts";
import { readOrder } from "./read-order.ts";
import { listOrders } from "./read-orders.ts";
import { recordObservations } from "./record-observations.ts";
import { type ToldNews, takeNews } from "./take-news.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const TELLING: SupplierTraits = {
  ...POLLED_TRAITS,
  ...{ payStep: "none", readsOrders: false, listsOrders: false, push: "full" },
};
let made = 0;
const newId = () => {
  made += 1;
  return `told-order-${made}`;
};

async function openAccount(script: Partial<Supplier> = {}, traits: Partial<SupplierTraits> = {}) {
  const ctx = await testContext(
    db,
    scriptedSupplier({ traits: { ...TELLING, ...traits }, ...script }),
  );
  const tell = (told: Partial<ToldNews>) =>
    takeNews(ctx, ctx.account.id, {
      event: "order.fulfilled",
      at: null,
      reference: null,
      supplierOrderId: null,
      order: null,
      ...told,
    });
  return { ctx, tell };
}

const fulfilled = (supplierOrderId: string, ...values: string[]): SupplierOrder =>
  supplierOrder("completed", {
    supplierOrderId,
    items: [supplierItem({ quantity: values.length, codes: codes(...values) })],
  });

/** A create that is answered when the test says so. */
function heldCreate() {
  let answer: (outcome: Outcome<SupplierOrder>) => void = () => undefined;
  const promise = new Promise<Outcome<SupplierOrder>>((resolve) => {
    answer = resolve;
  });
  return { createOrder: vi.fn(() => promise), answer: (to: Outcome<SupplierOrder>) => answer(to) };
}

/** Placed, and its create's outcome unknown. */
async function inDoubt(script: Partial<Supplier> = {}, traits: Partial<SupplierTraits> = {}) {
  const createOrder = vi.fn(async () => UNREADABLE);
  const account = await openAccount({ createOrder, ...script }, traits);
  const orderId = await place(account.ctx);
  await makeDue(db, orderId);
  await workOnOrder(account.ctx, orderId);
  expect(await whole(db, orderId)).toMatchObject({ status: "unconfirmed", supplierOrderId: null });
  return { ...account, orderId, createOrder };
}

it("records an order that is told in full, which is no look", async () => {
  const { ctx, tell } = await openAccount();
  const id = newId();
  const { order } = await createOrder(db, ctx.account.id, { supplierOrderId: id });
  const told = { supplierOrderId: id, order: fulfilled(id, "TOLD-1") };
  expect(await tell(told)).toEqual({ kind: "recorded", orderId: order.id });
  const stored = await whole(db, order.id);
  expect(stored).toMatchObject({ status: "completed", looks: 0, nextPollAt: null });
  expect(await plainCodes(ctx, stored)).toEqual([["TOLD-1"]]);
  expect(timelineKinds(stored)).toEqual(["told", "status_changed", "codes_stored"]);
  expect(stored.timeline[0]?.data).toMatchObject({ event: "order.fulfilled" });
});

it("records what is told twice at once a single time", async () => {
  const { ctx, tell, orderId } = await inDoubt();
  const order = fulfilled(newId(), "TWICE-1");
  const taken = await Promise.all([1, 2, 3, 4].map(() => tell({ reference: orderId, order })));
  expect(taken).toEqual(Array(4).fill({ kind: "recorded", orderId }));
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "completed", supplierOrderId: order.supplierOrderId });
  expect(await plainCodes(ctx, stored)).toEqual([["TWICE-1"]]);
  const kinds = timelineKinds(stored);
  expect(kinds.filter((kind) => kind === "adopted")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "codes_stored")).toHaveLength(1);
});

it("counts an order's wait from when the supplier says that it was made", async () => {
  const { ctx, tell } = await openAccount();
  const minutesAgo = (minutes: number) => new Date(ctx.now().getTime() - minutes * 60_000);
  const placed = { createdAt: minutesAgo(30), statusChangedAt: minutesAgo(30) };
  const facts = { supplierOrderId: null, status: "submitting", ...placed } as const;
  const { order } = await createOrder(db, ctx.account.id, facts);
  const id = newId();
  const created = supplierOrder("processing", {
    supplierOrderId: id,
    createdAt: minutesAgo(20),
  });
  // Taken from the inbox twenty minutes late.
  await tell({ event: "order.created", reference: order.id, order: created });
  // What looks for orders that have just moved finds it all the same.
  const noted = { statusChangedAt: ctx.now(), toldSince: minutesAgo(20) };
  expect(await whole(db, order.id)).toMatchObject(noted);
  const stands = () => readOrder(ctx, testActor("owner"), order.id);
  const stall = [{ key: "stalled", openedAt: minutesAgo(20).toISOString() }];
  expect(await stands()).toMatchObject({ openSignals: stall });
  const { rows } = await listOrders(ctx, testActor("owner"), { attention: "1" });
  expect(rows.filter(({ id }) => id === order.id)).toMatchObject([{ signals: ["stalled"] }]);
  // What comes of it later is counted from then on.
  const over = fulfilled(id, "LATE-1");
  await tell({ supplierOrderId: id, order: over, at: minutesAgo(15) });
  const ended = { statusChangedAt: ctx.now(), toldSince: null };
  expect(await whole(db, order.id)).toMatchObject(ended);
});

it("adopts what an order in doubt is told to be, and nothing is sent again", async () => {
  const { ctx, tell, orderId, createOrder: create } = await inDoubt();
  const id = newId();
  const order = supplierOrder("processing", { supplierOrderId: id });
  expect(await tell({ reference: orderId.toUpperCase(), order })).toMatchObject({
    kind: "recorded",
  });
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "processing", supplierOrderId: id });
  expect(stored.attempts).toMatchObject([{ outcome: "unknown", resolution: "claimed" }]);
  expect(openSignals(stored)).toEqual([]);
  expect(await dueInMs(db, orderId)).toBeGreaterThan(60_000);
  // Its turn comes, and there is nobody to ask.
  await makeDue(db, orderId);
  await workOnOrder(ctx, orderId);
  expect(create).toHaveBeenCalledTimes(1);
  expect(await dueInMs(db, orderId)).toBeGreaterThan(60_000);
  expect(await whole(db, orderId)).toMatchObject({ status: "processing", looks: 0 });
});

it("takes the create's answer that comes after the news for the same order", async () => {
  const held = heldCreate();
  const { ctx, tell } = await openAccount(held);
  const orderId = await place(ctx);
  await makeDue(db, orderId);
  const working = workOnOrder(ctx, orderId);
  await vi.waitFor(() => expect(held.createOrder).toHaveBeenCalled(), { timeout: 15_000 });
  const order = fulfilled(newId(), "EARLY-1");
  expect(await tell({ reference: orderId, order })).toMatchObject({ kind: "recorded" });
  expect(await whole(db, orderId)).toMatchObject({ status: "completed" });
  held.answer(
    accepted(supplierOrder("processing", { supplierOrderId: order.supplierOrderId.toUpperCase() })),
  );
  await working;
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "completed", supplierOrderId: order.supplierOrderId });
  expect(stored.attempts).toMatchObject([{ outcome: "accepted", resolution: "claimed" }]);
  expect(openSignals(stored)).toEqual([]);
  expect(await plainCodes(ctx, stored)).toEqual([["EARLY-1"]]);
  expect(held.createOrder).toHaveBeenCalledTimes(1);
});

it("sends nothing again where the create's answer is lost after the news", async () => {
  const held = heldCreate();
  const { ctx, tell } = await openAccount(held);
  const orderId = await place(ctx);
  await makeDue(db, orderId);
  const working = workOnOrder(ctx, orderId);
  await vi.waitFor(() => expect(held.createOrder).toHaveBeenCalled(), { timeout: 15_000 });
  const order = supplierOrder("processing", { supplierOrderId: newId() });
  await tell({ reference: orderId, order });
  held.answer(UNREADABLE);
  await working;
  for (let turn = 0; turn < 3; turn += 1) {
    await lapseLease(db, orderId);
    await makeDue(db, orderId);
    await workOnOrder(ctx, orderId);
  }
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "processing" });
  expect(stored.attempts).toMatchObject([{ outcome: "unknown", resolution: "claimed" }]);
  expect(held.createOrder).toHaveBeenCalledTimes(1);
});

it("shows a second supplier order that the create's answer brings after the news", async () => {
  const held = heldCreate();
  const { ctx, tell } = await openAccount(held);
  const orderId = await place(ctx);
  await makeDue(db, orderId);
  const working = workOnOrder(ctx, orderId);
  await vi.waitFor(() => expect(held.createOrder).toHaveBeenCalled(), { timeout: 15_000 });
  const order = supplierOrder("processing", { supplierOrderId: newId() });
  await tell({ reference: orderId, order });
  held.answer(accepted(supplierOrder("processing", { supplierOrderId: newId() })));
  await working;
  const stored = await whole(db, orderId);
  expect(stored.supplierOrderId).toBe(order.supplierOrderId);
  expect(stored.attempts).toMatchObject([{ outcome: "orphaned" }]);
  expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
});

it("shows a second supplier order that is told under our reference, once", async () => {
  const { tell, orderId } = await inDoubt();
  const first = supplierOrder("processing", { supplierOrderId: newId() });
  const second = newId();
  await tell({ reference: orderId, order: first });
  for (const state of ["processing", "completed"] as const) {
    await tell({ reference: orderId, order: supplierOrder(state, { supplierOrderId: second }) });
  }
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "processing", supplierOrderId: first.supplierOrderId });
  expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
  expect(timelineKinds(stored).filter((kind) => kind === "create_orphaned")).toHaveLength(1);
  expect(stored.items[0]?.codes).toEqual([]);
});

it("shows what is told of an order that had been given up", async () => {
  const { tell, orderId } = await inDoubt();
  await db.$executeRaw`
    update orders set status = 'rejected', rejection = '{"class": "given_up"}', finished_at = now()
    where id = ${orderId}::uuid`;
  const order = fulfilled(newId(), "KEPT-IN-THE-MESSAGE");
  // Its codes are in the message alone, which has to stay.
  expect(await tell({ reference: orderId, order })).toEqual({ kind: "anothers", orderId });
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "rejected", supplierOrderId: null });
  expect(openSignals(stored)).toContain("extra_supplier_order");
});

it("shows what a search finds of an order that was given up meanwhile", async () => {
  const { ctx, orderId } = await inDoubt();
  await db.$executeRaw`
    update orders set status = 'rejected', rejection = '{"class": "given_up"}', finished_at = now()
    where id = ${orderId}::uuid`;
  const answer = { kind: "order", order: fulfilled(newId(), "FOUND-LATE") } as const;
  await recordObservations(ctx, [
    { orderId, source: "search", answer, attemptId: null, leaseToken: null },
  ]);
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "rejected", supplierOrderId: null });
  expect(openSignals(stored)).toContain("extra_supplier_order");
  expect(stored.items[0]?.codes).toEqual([]);
});

it("says of an order that is being worked on that it has to be told again", async () => {
  const { ctx, tell } = await openAccount({}, { readsOrders: true, push: "thin" });
  const id = newId();
  const { order } = await createOrder(db, ctx.account.id, { supplierOrderId: id });
  await db.$executeRaw`
    update orders set next_poll_at = now() + interval '1 hour', lease_token = gen_random_uuid(),
      lease_until = now() + interval '1 minute' where id = ${order.id}::uuid`;
  expect(await tell({ supplierOrderId: id })).toEqual({ kind: "held", orderId: order.id });
  await lapseLease(db, order.id);
  expect(await tell({ supplierOrderId: id })).toEqual({ kind: "nudged", orderId: order.id });
  expect(await dueInMs(db, order.id)).toBeLessThanOrEqual(0);
});

it("knows no order by a reference that isn't its own account's, or nobody's", async () => {
  const { ctx, tell } = await openAccount();
  const other = await db.supplier.create({
    data: { slug: "other", kind: "foxreload", name: "Other" },
  });
  const { order: theirs } = await createOrder(db, other.id, {
    status: "unconfirmed",
    supplierOrderId: null,
    nextPollAt: null,
  });
  for (const reference of [theirs.id, ctx.newId(), "' or true", "\u0000", null]) {
    const order = supplierOrder("completed", { supplierOrderId: newId() });
    expect(await tell({ reference, order })).toEqual({ kind: "unmatched" });
  }
  expect(await tell({ supplierOrderId: "no\u0000such" })).toEqual({ kind: "unmatched" });
  expect(await whole(db, theirs.id)).toMatchObject({ status: "unconfirmed" });
});

it("gives no order what belongs to another (I2)", async () => {
  const { ctx, tell, orderId } = await inDoubt();
  const id = newId();
  const { order: owner } = await createOrder(db, ctx.account.id, { supplierOrderId: id });
  const order = fulfilled(id, "OTHERS-1");
  expect(await tell({ reference: orderId, order })).toEqual({
    kind: "anothers",
    orderId: owner.id,
  });
  expect(await whole(db, orderId)).toMatchObject({ status: "unconfirmed", supplierOrderId: null });
  expect((await whole(db, owner.id)).items[0]?.codes).toEqual([]);
});

it("lets one of two have a supplier order that is told under both references at once", async () => {
  const one = await inDoubt();
  const other = await inDoubt();
  const order = fulfilled(newId(), "ONE-OF-TWO");
  const taken = await Promise.all(
    [one.orderId, other.orderId].map((reference) => one.tell({ reference, order })),
  );
  expect(taken.map(({ kind }) => kind).sort()).toEqual(["anothers", "recorded"]);
  const stored = await Promise.all([one.orderId, other.orderId].map((id) => whole(db, id)));
  expect(stored.map(({ status }) => status).sort()).toEqual(["completed", "unconfirmed"]);
});

it("notes news that is older than what is known, and keeps its codes", async () => {
  const { ctx, tell, orderId } = await inDoubt();
  const id = newId();
  await tell({ reference: orderId, order: fulfilled(id, "KEPT-1") });
  const old = supplierOrder("processing", { supplierOrderId: id, items: [supplierItem()] });
  expect(await tell({ event: "order.created", reference: orderId, order: old })).toMatchObject({
    kind: "recorded",
  });
  const stored = await whole(db, orderId);
  expect(stored.status).toBe("completed");
  expect(timelineKinds(stored)).toContain("backward_ignored");
  expect(await plainCodes(ctx, stored)).toEqual([["KEPT-1"]]);
});

it("has an order looked at whose news is thin, one that is over too", async () => {
  const { ctx, tell } = await openAccount({}, { push: "thin", readsOrders: true });
  const later = new Date(Date.now() + 3_600_000);
  const over = { status: "completed", finishedAt: new Date(), nextPollAt: null } as const;
  for (const facts of [{ nextPollAt: later }, over]) {
    const id = newId();
    const { order } = await createOrder(db, ctx.account.id, { supplierOrderId: id, ...facts });
    const told = { supplierOrderId: id, order: fulfilled(id, "NOT-TRUSTED") };
    expect(await tell(told)).toEqual({ kind: "nudged", orderId: order.id });
    expect(await dueInMs(db, order.id)).toBeLessThanOrEqual(0);
    const stored = await whole(db, order.id);
    expect(stored.items[0]?.codes).toEqual([]);
    expect(stored.status).toBe(order.status);
  }
});

it("reads an order in doubt by the id that is told, and adopts it", async () => {
  const id = newId();
  const getOrder = vi.fn<Supplier["getOrder"]>(async () => UNREADABLE);
  const { ctx, tell, orderId } = await inDoubt({ getOrder }, { push: "thin", readsOrders: true });
  expect(await tell({ reference: orderId, supplierOrderId: id })).toEqual({
    kind: "not_read",
    orderId,
    why: UNREADABLE.reason,
  });
  expect(await whole(db, orderId)).toMatchObject({ status: "unconfirmed" });
  getOrder.mockResolvedValue(accepted(fulfilled(id, "READ-1")));
  expect(await tell({ reference: orderId, supplierOrderId: id })).toMatchObject({
    kind: "recorded",
  });
  const stored = await whole(db, orderId);
  expect(stored).toMatchObject({ status: "completed", supplierOrderId: id });
  expect(await plainCodes(ctx, stored)).toEqual([["READ-1"]]);
});

it("ends an order whose money is said to be back, whatever it had come to", async () => {
  const { tell, orderId } = await inDoubt();
  const id = newId();
  await tell({ reference: orderId, order: fulfilled(id, "BACK-1") });
  const refunded = supplierOrder("refunded", { supplierOrderId: id });
  const spelling = { ...refunded, supplierOrderId: id.toUpperCase() };
  await tell({ event: "order.refunded", order: spelling });
  expect(await whole(db, orderId)).toMatchObject({ status: "refunded", nextPollAt: null });
});
