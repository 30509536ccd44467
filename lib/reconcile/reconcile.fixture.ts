/** Orders in doubt at the simulator, over real HTTP; time is moved by hand. */
import { expect } from "vitest";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { type WholeOrder, whole } from "#lib/orders/orders.fixture.ts";
import { OWN_CLOCK_MARGIN_MS, SEND_WINDOW_MS } from "#lib/orders/poll-schedule.ts";
import { openSupplier } from "#lib/orders/simulated.fixture.ts";
import type { Db } from "#lib/platform/db.ts";
import { testActor } from "#prisma/factories.ts";
import { auditAccounts } from "./audit-accounts.ts";
import { readOrderPage } from "./read-order-page.ts";
import { reconcileGates } from "./reconcile-gates.ts";

export const PLAIN = "test-plain-codes";
export const OBJECTS = "test-codes-as-objects";
/** The settling time where a test says nothing else. */
export const SETTLING_MS = 10 * 60_000;
/** From a send until nothing of it can land: its first byte may leave late, by another clock than ours. */
export const SETTLED_MS = SETTLING_MS + SEND_WINDOW_MS + OWN_CLOCK_MARGIN_MS;
export const REQUEST = { address: "127.0.0.1", correlationId: "correlation-2" };

type Options = Parameters<typeof openSupplier>[1];

/** An account where creating may cost, used by nobody else unless a test says so. */
export async function openAccount(db: Db, { account, ...options }: NonNullable<Options> = {}) {
  const supplier = await openSupplier(db, {
    ...options,
    account: { isExclusive: true, settlingMs: SETTLING_MS, ...account },
  });
  const { ctx } = supplier;
  const supplierId = ctx.account.id;
  const lose = (loseReply: "before" | "after", times = 1) =>
    supplier.rule({ loseReply }, { endpoint: "create", times });

  return {
    ...supplier,
    supplierId,
    lose,
    count: async (request: string) =>
      (await supplier.requests()).filter((one) => one === request).length,
    /** An order whose create was sent, took effect or not, and wasn't answered. */
    async lost(
      effect: "before" | "after",
      slug = PLAIN,
      facts: Parameters<typeof supplier.place>[1] = {},
    ): Promise<string> {
      await lose(effect);
      const orderId = await supplier.place(slug, facts);
      expect(await supplier.work(orderId)).toMatchObject({ status: "unconfirmed" });
      return orderId;
    },
    /** Orders under way at the same time, one for each effect: none knew of the other's doubt. */
    async lostTogether(...effects: ("before" | "after")[]): Promise<string[]> {
      const ids: string[] = [];
      for (const effect of effects) {
        await openGates(db);
        await lose(effect);
        const orderId = await supplier.place(PLAIN);
        expect(await supplier.work(orderId)).toMatchObject({ status: "unconfirmed" });
        ids.push(orderId);
        supplier.advance(1_000);
      }
      return ids;
    },
    /** Looks into every frozen gate now. Answers this account's. */
    async pass(by = ctx) {
      await makeGatesDue(db);
      await endBreak(db);
      await reconcileGates(by);
      return gate(db, supplierId);
    },
    /** Two looks, with the time between them that they take. */
    async passes() {
      const first = await this.pass();
      supplier.advance(30_000);
      const second = await this.pass();
      return [first, second];
    },
    settle: () => supplier.advance(SETTLED_MS),
    /** The next audit, a minute later. */
    async audit(by = ctx) {
      supplier.advance(60_000);
      await db.$executeRaw`update suppliers set audit_lease_until = audit_lease_until - interval '1 minute'`;
      await endBreak(db);
      await auditAccounts(by);
    },
    gate: () => gate(db, supplierId),
    /** What somebody else orders from the account. */
    async foreign(
      slug = PLAIN,
      facts: Record<string, unknown> = {},
      quantity = 1,
    ): Promise<string> {
      const { json } = await supplier.control("POST", "/orders", {
        items: [{ product: slug, quantity }],
        ...facts,
      });
      return json.id ?? expect.fail(JSON.stringify(json));
    },
    mirror: () =>
      db.supplierOrder.findMany({
        where: { supplierId },
        orderBy: [{ createdAt: "asc" }, { supplierOrderId: "asc" }],
      }),
    row: (supplierOrderId: string) =>
      db.supplierOrder.findUniqueOrThrow({
        where: { supplierId_supplierOrderId: { supplierId, supplierOrderId } },
      }),
    async theirs(): Promise<string[]> {
      return (await supplier.truth()).orders.map(({ id }) => id);
    },
    async paid(): Promise<number[]> {
      return (await supplier.truth()).orders.map(({ paidCount }) => paidCount);
    },
    order: (orderId: string): Promise<WholeOrder> => whole(db, orderId),
    statuses: async (...ids: string[]) =>
      Promise.all(ids.map(async (id) => (await whole(db, id)).status)),
    signals: async () =>
      (await db.systemSignal.findMany({ where: { subject: supplierId, clearedAt: null } })).map(
        ({ key }) => key,
      ),
    /** Until it has come to an end. */
    async finish(orderId: string): Promise<WholeOrder> {
      let order = await supplier.work(orderId);
      for (let round = 0; round < 6 && order.nextPollAt !== null; round++) {
        supplier.advance(60_000);
        order = await supplier.work(orderId);
      }
      return order;
    },
    page: async (orderId: string, actor = testActor("operator")) =>
      (await readOrderPage(ctx, actor, orderId)) ?? expect.fail("no such order"),
    /** The picture that a person sees who decides now. */
    async picture(orderId: string): Promise<string> {
      const { evidence, waitsFor } = await this.page(orderId);
      return evidence?.picture ?? waitsFor?.picture ?? expect.fail("nothing to decide");
    },
    /** Which invariants don't hold for this account, once an audit has come round. */
    async complaints(): Promise<string[]> {
      await this.audit();
      await raiseAlerts(ctx);
      const results = await runDoctor(ctx);
      const [orders, mirrored] = await Promise.all([
        db.order.findMany({ where: { supplierId }, select: { id: true } }),
        db.supplierOrder.findMany({ where: { supplierId }, select: { supplierOrderId: true } }),
      ]);
      const ours = new Set([
        ...orders.map(({ id }) => id),
        ...mirrored.map(({ supplierOrderId }) => supplierOrderId),
      ]);
      return results.flatMap(({ id, violations }) =>
        violations
          .filter(({ subject }) => ours.has(subject))
          .map(({ subject, detail }) => `${id} ${subject} ${detail}`),
      );
    },
  };
}

export type Account = Awaited<ReturnType<typeof openAccount>>;

/** A while ago: the column rounds to milliseconds, upwards too. */
/** By now a breaker that has opened would let a call through. */
const endBreak = (db: Db) =>
  db.$executeRaw`update call_budgets set open_until = now() where open_until > now()`;

export const makeGatesDue = (db: Db) =>
  db.$executeRaw`
    update placement_gates set next_pass_at = now() - interval '1 second', lease_token = null, lease_until = null
    where frozen_at is not null`;

/** As though the doubts of now had come up after what is placed next was sent. */
const openGates = (db: Db) =>
  db.placementGate.updateMany({
    data: { frozenAt: null, nextPassAt: null, waitsFor: null, waitsWhy: null },
  });

/** The account's one gate, or the frozen one among several. */
async function gate(db: Db, supplierId: string) {
  const [first] = await db.placementGate.findMany({
    where: { supplierId },
    orderBy: { frozenAt: { sort: "desc", nulls: "last" } },
  });
  return first ?? null;
}

/** A promise that the test keeps when it wants to. */
export function promised() {
  let keep: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
