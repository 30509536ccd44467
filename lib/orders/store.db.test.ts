import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ORDER_STATUSES } from "./lifecycle.ts";
import { makeDue, whole } from "./orders.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());

beforeEach(async () => {
  await db.$executeRaw`update orders set next_poll_at = now() + interval '1 year', lease_token = null, lease_until = null where next_poll_at is not null`;
});

/** Orders in a status, due since so many seconds; negative: not yet. */
async function orders(count: number, dueSince = 1, facts: Parameters<typeof createOrder>[2] = {}) {
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: v7(),
    clientRef: `ref-${v7()}`,
    supplierId: ctx.account.id,
    supplierOrderId: `order_${v7()}`,
    status: "processing" as const,
    isMock: false,
    currency: "USD",
    agreedTotal: "1",
    actorKind: "job",
    actorName: "test",
    correlationId: "c",
    createdAt: new Date(),
    statusChangedAt: new Date(),
    nextPollAt: new Date(now - dueSince * 1_000 - (count - index)),
    ...(facts as object),
  }));
  await db.order.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

describe("the schema", () => {
  const set = (id: string, assignment: string) =>
    db.$executeRawUnsafe(`update orders set ${assignment} where id = '${id}'`);

  it("lets no open order be forgotten", async () => {
    for (const status of ["submitting", "awaiting_payment", "paid", "processing"] as const) {
      const [id = ""] = await orders(1, 1, { status });
      await expect(set(id, "next_poll_at = null")).rejects.toThrow("orders_never_forgotten");
    }
  });

  it("lets no status go back, whoever writes it", async () => {
    const final = ["completed", "cancelled", "failed"];
    for (const from of final) {
      const [id = ""] = await orders(1, 1, { status: from as "failed", finishedAt: new Date() });
      // Its money may still come back.
      for (const to of ORDER_STATUSES.filter((one) => one !== from && one !== "refunded")) {
        await expect(set(id, `status = '${to}'`), `${from} → ${to}`).rejects.toThrow(
          `from ${from} back to ${to}`,
        );
      }
    }
  });

  it("gives no two orders one supplier order, and no order a second one", async () => {
    const [one = "", other = ""] = await orders(2);
    const { supplierOrderId } = await whole(db, one);
    const { id: unsent } = (
      await createOrder(db, ctx.account.id, { status: "submitting", supplierOrderId: null })
    ).order;
    await expect(set(unsent, `supplier_order_id = '${supplierOrderId}'`)).rejects.toThrow("unique");
    await expect(set(other, "supplier_order_id = 'x'")).rejects.toThrow("already belongs");
    await expect(set(other, "supplier_order_id = null")).rejects.toThrow("already belongs");
  });

  it("allows one send in flight, and one accepted create", async () => {
    const [orderId = ""] = await orders(1);
    const attempt = (facts: object) =>
      db.orderAttempt.create({
        data: { id: v7(), orderId, kind: "create", startedAt: new Date(), ...facts },
      });
    const done = { outcome: "accepted", finishedAt: new Date() };
    await attempt({});
    await expect(attempt({ kind: "pay" })).rejects.toMatchObject({ code: "P2002" });
    await attempt(done);
    await expect(attempt(done)).rejects.toMatchObject({ code: "P2002" });
    await makeDue(db, orderId);
  });
});
