import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { learnCapability } from "#lib/placement/capabilities.ts";
import type { Outcome, Supplier, SupplierOrder, SupplierTraits } from "#lib/suppliers/port.ts";
import { POLLED_TRAITS, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimLooks, claimSends } from "./claims.ts";
import { accepted, asFound, refused, supplierOrder, UNREADABLE } from "./observations.fixture.ts";
import { lapseLease, makeDue, openSignals, place, whole } from "./orders.fixture.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const GUARDED: SupplierTraits = {
  ...POLLED_TRAITS,
  ...{ payStep: "none", duplicateGuard: "reference", listsOrders: false },
};
let made = 0;
const newId = () => {
  made += 1;
  return `guarded-order-${made}`;
};

beforeEach(async () => {
  await db.supplierCapability.deleteMany({ where: { name: "duplicate_guard" } });
});

async function openAccount(
  script: Partial<Supplier>,
  {
    traits = {},
    trustedBy = "person",
  }: { traits?: Partial<SupplierTraits>; trustedBy?: "person" | "probe" | null } = {},
) {
  const ctx = await testContext(
    db,
    scriptedSupplier({ traits: { ...GUARDED, ...traits }, ...script }),
  );
  if (trustedBy) {
    await learnCapability(ctx, ctx.account.id, "duplicate_guard", "trusted", trustedBy);
  }
  const orderId = await place(ctx);
  const work = async () => {
    await makeDue(db, orderId);
    await workOnOrder(ctx, orderId);
    return whole(db, orderId);
  };
  return { ctx, orderId, work };
}

describe("a create whose reference the supplier minds, and a person trusts that", () => {
  it("is repeated under the same reference until it is answered", async () => {
    const id = newId();
    const createOrder = vi
      .fn<Supplier["createOrder"]>()
      .mockResolvedValueOnce(UNREADABLE)
      .mockResolvedValueOnce(UNREADABLE)
      .mockResolvedValue(accepted(supplierOrder("processing", { supplierOrderId: id })));
    const { orderId, work } = await openAccount({ createOrder });
    expect(await work()).toMatchObject({ status: "submitting" });
    expect(await work()).toMatchObject({ status: "submitting" });
    const stored = await work();
    expect(stored).toMatchObject({ status: "processing", supplierOrderId: id });
    expect(stored.attempts.map(({ outcome }) => outcome)).toEqual([
      "unknown",
      "unknown",
      "accepted",
    ]);
    expect(stored.attempts.slice(0, 2)).toMatchObject([
      { resolution: "claimed" },
      { resolution: "claimed" },
    ]);
    expect(new Set(createOrder.mock.calls.map(([{ reference }]) => reference))).toEqual(
      new Set([orderId]),
    );
    const { create_is_free: belief } = Object.fromEntries(
      (await db.supplierCapability.findMany()).map(({ name, value }) => [name, value]),
    );
    expect(belief).toBe(false);
  });

  it("is unconfirmed after five, and left to a person", async () => {
    const createOrder = vi.fn<Supplier["createOrder"]>(async () => UNREADABLE);
    const { work } = await openAccount({ createOrder });
    for (let time = 1; time < 5; time += 1) {
      expect(await work()).toMatchObject({ status: "submitting" });
    }
    const stored = await work();
    expect(stored).toMatchObject({ status: "unconfirmed", nextPollAt: null });
    expect(openSignals(stored)).toEqual(["unconfirmed"]);
    await work();
    expect(createOrder).toHaveBeenCalledTimes(5);
  });

  it("isn't rejected by a repeat that finds the money gone", async () => {
    const createOrder = vi
      .fn<Supplier["createOrder"]>()
      .mockResolvedValueOnce(UNREADABLE)
      .mockResolvedValue(refused("balance"));
    const { work } = await openAccount({ createOrder });
    await work();
    expect(await work()).toMatchObject({ status: "unconfirmed" });
    expect(createOrder).toHaveBeenCalledTimes(2);
  });

  it("exists where the supplier says that it would be a second one", async () => {
    const id = newId();
    const createOrder = vi
      .fn<Supplier["createOrder"]>()
      .mockResolvedValueOnce(UNREADABLE)
      .mockResolvedValue(refused("conflict", { httpStatus: 409 }));
    const findOrder = vi.fn<Supplier["findOrder"]>(async () =>
      accepted(asFound(supplierOrder("processing", { supplierOrderId: id }))),
    );
    const { work } = await openAccount(
      { createOrder, findOrder },
      { traits: { findsByReference: true } },
    );
    await work();
    expect(await work()).toMatchObject({ status: "unconfirmed" });
    expect(await work()).toMatchObject({ status: "processing", supplierOrderId: id });
    expect(createOrder).toHaveBeenCalledTimes(2);
  });

  it("takes two answers with the one order, the late one after its lease was lost", async () => {
    const id = newId();
    let answer: (outcome: Outcome<SupplierOrder>) => void = () => undefined;
    const createOrder = vi
      .fn<Supplier["createOrder"]>()
      .mockImplementationOnce(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      )
      .mockResolvedValue(accepted(supplierOrder("processing", { supplierOrderId: id })));
    const { ctx, orderId, work } = await openAccount({ createOrder });
    await makeDue(db, orderId);
    const slow = workOnOrder(ctx, orderId);
    await vi.waitFor(() => expect(createOrder).toHaveBeenCalledTimes(1), { timeout: 15_000 });
    await lapseLease(db, orderId);
    // Whoever takes it over finds an open attempt, and repeats the create in its turn.
    await work();
    expect(await work()).toMatchObject({ status: "processing", supplierOrderId: id });
    answer(accepted(supplierOrder("processing", { supplierOrderId: id })));
    await slow;
    const stored = await whole(db, orderId);
    expect(stored).toMatchObject({ status: "processing", supplierOrderId: id });
    expect(openSignals(stored)).toEqual([]);
    expect(stored.attempts.filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
  });
});

it("repeats nothing where nobody trusts the guard, or the account has none (I1)", async () => {
  for (const options of [
    { trustedBy: null },
    { trustedBy: "probe" },
    { traits: { duplicateGuard: "none" } },
  ] as const) {
    await db.supplierCapability.deleteMany({ where: { name: "duplicate_guard" } });
    const createOrder = vi.fn<Supplier["createOrder"]>(async () => UNREADABLE);
    const { work } = await openAccount({ createOrder }, options);
    expect(await work()).toMatchObject({ status: "unconfirmed" });
    await work();
    expect(createOrder).toHaveBeenCalledTimes(1);
  }
});

it("believes nobody that creating is free where it is paid with that (I1)", async () => {
  const createOrder = vi.fn<Supplier["createOrder"]>(async () => UNREADABLE);
  const { ctx, work } = await openAccount({ createOrder }, { trustedBy: null });
  await learnCapability(ctx, ctx.account.id, "create_is_free", true, "person");
  expect(await work()).toMatchObject({ status: "unconfirmed" });
  expect(createOrder).toHaveBeenCalledTimes(1);
  await learnCapability(ctx, ctx.account.id, "create_is_free", false, "person");
});

it("pays nothing where orders are paid with their creation, and looks at those that await it", async () => {
  const id = newId();
  const awaited = supplierOrder("awaiting_payment", { supplierOrderId: id });
  const createOrder = vi.fn<Supplier["createOrder"]>(async () => accepted(awaited));
  const getOrder = vi.fn<Supplier["getOrder"]>(async () => accepted(awaited));
  const { ctx, orderId, work } = await openAccount({ createOrder, getOrder });
  expect(await work()).toMatchObject({ status: "awaiting_payment" });
  expect(await work()).toMatchObject({ status: "awaiting_payment", supplierOrderId: id });
  expect(getOrder).toHaveBeenCalledTimes(1);
  await makeDue(db, orderId);
  expect(await claimSends(ctx, 50)).toEqual([]);
  const { claims } = await claimLooks(ctx, ctx.account.id, 50);
  expect(claims.map((claim) => claim.orderId)).toContain(orderId);
  await lapseLease(db, orderId);
  getOrder.mockResolvedValue(accepted(supplierOrder("completed", { supplierOrderId: id })));
  const stored = await work();
  expect(stored).toMatchObject({ status: "completed" });
  expect(stored.attempts).toMatchObject([{ kind: "create", outcome: "accepted" }]);
});
