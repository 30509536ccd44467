/** Creates whose answers come when the test says so, long after somebody else has taken the order over. */
import { expect, vi } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import type { Outcome, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { claimOne } from "./claims.ts";
import type { Observation } from "./observation.ts";
import { supplierOrder } from "./observations.fixture.ts";
import { lapseLease, makeDue, place, type WholeOrder, whole } from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";
import { workOnClaim } from "./work-on-order.ts";

export type Answer = Outcome<SupplierOrder>;

let ids = 0;
export const unpaid = (supplierOrderId = `supplier-order-${++ids}`) =>
  supplierOrder("awaiting_payment", { supplierOrderId });

export const outcomes = ({ attempts }: WholeOrder) =>
  attempts.map(({ outcome, resolution }) => `${outcome} ${resolution ?? ""}`.trim());

export function lateAnswers(db: Db) {
  type Worker = Awaited<ReturnType<typeof worker>>;

  /** A process whose creates are answered when the test says so. */
  async function worker() {
    const clock = testClock();
    const replies: ((answer: Answer) => void)[] = [];
    const createOrder = vi.fn<Supplier["createOrder"]>(
      () => new Promise<Answer>((resolve) => replies.push(resolve)),
    );
    const ctx = await testContext(db, scriptedSupplier({ createOrder }), clock);
    async function work(orderId: string) {
      await makeDue(db, orderId);
      const claim = await claimOne(ctx, orderId);
      if (claim) await workOnClaim(ctx, claim);
      return whole(db, orderId);
    }
    return { ctx, clock, createOrder, replies, work };
  }

  /** Sent, and its answer doesn't come: the next process finds it so, and leaves it unconfirmed. */
  async function unanswered(by: Worker, products: Parameters<typeof place>[1] = {}) {
    const orderId = await place(by.ctx, products);
    const before = by.replies.length;
    const working = by.work(orderId);
    await vi.waitFor(() => expect(by.replies).toHaveLength(before + 1), { timeout: 15_000 });
    await lapseLease(db, orderId);
    const next = await worker();
    expect(await next.work(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(next.createOrder).not.toHaveBeenCalled();
    const reply = by.replies[before] ?? expect.fail();
    return {
      orderId,
      async late(answer: Answer) {
        reply(answer);
        await working;
        return whole(db, orderId);
      },
    };
  }

  const record = (
    by: Worker,
    orderId: string,
    facts: Pick<Observation, "source" | "answer"> & Partial<Observation>,
  ) => recordObservations(by.ctx, [{ orderId, attemptId: null, leaseToken: null, ...facts }]);
  const notCreated = (by: Worker, orderId: string) =>
    record(by, orderId, { source: "list", answer: { kind: "not_created" } });

  const gateOf = async ({ supplierId, fingerprint }: WholeOrder) =>
    db.placementGate.findUnique({
      where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
    });
  const mirrored = (supplierOrderId: string) =>
    db.supplierOrder.findFirst({ where: { supplierOrderId: supplierOrderId.toLowerCase() } });

  return { worker, unanswered, record, notCreated, gateOf, mirrored };
}
