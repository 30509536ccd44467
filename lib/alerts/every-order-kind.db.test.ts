/** Each kind of alert about an order, from what a supplier answers or fails to do. */
import { afterAll, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { handOutCodes } from "#lib/codes/hand-out-codes.ts";
import { REQUEST, stockOf } from "#lib/codes/stocked.fixture.ts";
import {
  claimAll,
  createEndpoint,
  failedWith,
  letPass,
  resultOf,
} from "#lib/deliveries/deliveries.fixture.ts";
import { recordResults } from "#lib/deliveries/record-results.ts";
import { resendDelivery } from "#lib/deliveries/resend-delivery.ts";
import type { Observation } from "#lib/orders/observation.ts";
import {
  codes,
  refusal,
  supplierItem,
  supplierOrder,
  UNKNOWN,
} from "#lib/orders/observations.fixture.ts";
import { place } from "#lib/orders/orders.fixture.ts";
import { parkOrder } from "#lib/orders/park-order.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import type { SignalKey } from "#lib/orders/signals.ts";
import { quantilesOf } from "#lib/polling/quantiles.ts";
import type { SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { playScene, type Scene } from "./every-kind.fixture.ts";
import { deliveryFailed } from "./rules/delivery-failed.ts";
import { paymentExpiring } from "./rules/payment-expiring.ts";
import { slow } from "./rules/slow.ts";
import { stalled } from "./rules/stalled.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const operator = testActor("operator");
const MINUTE = 60_000;
const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * MINUTE);

type Order = { id: string; supplierOrderId: string | null };
type Answer = Pick<Observation, "source" | "answer"> & { attemptId?: string };

const anOrder = async (facts: Parameters<typeof createOrder>[2] = {}, quantity = 1) =>
  (await createOrder(db, ctx.account.id, facts, { quantity })).order;
const answer = (orderId: string, ...answers: Answer[]) =>
  recordObservations(
    ctx,
    answers.map((one) => ({ orderId, attemptId: null, leaseToken: null, ...one })),
  );
const show = (order: Order, state: SupplierOrderState, facts: Partial<SupplierOrder> = {}) => {
  const { id, supplierOrderId } = order;
  const shown = supplierOrder(state, {
    ...{ supplierOrderId: supplierOrderId ?? `order_${id}`, items: [supplierItem()], ...facts },
  });
  return answer(id, { source: "look", answer: { kind: "order", order: shown } });
};
/** Codes of its own, so many. */
const withCodes = ({ id }: Order, count: number, word = "CODE") => ({
  items: [
    supplierItem({
      codes: codes(...Array.from({ length: count }, (_, n) => `${word}-${id}-${n}`)),
    }),
  ],
});
const refused = (source: Observation["source"], ...facts: Parameters<typeof refusal>): Answer => ({
  ...{ source, answer: { kind: "refused", refusal: refusal(...facts) } },
});

const SCENES: Record<SignalKey | "handed_out_of_failed_order", Scene> = {
  async stalled() {
    const order = await anOrder({ statusChangedAt: ago(10) });
    await stalled.judge(ctx);
    return { subject: order.id, over: () => show(order, "completed", withCodes(order, 1)) };
  },
  async slow() {
    const quantiles = quantilesOf(Array.from({ length: 40 }, (_, n) => 20_000 + n * 1_000));
    const learnt = { supplierId: ctx.account.id, samples: 40, quantiles, learntAt: ago(60) };
    await db.productCurve.create({ data: { ...learnt, externalId: "product_x" } });
    const order = await anOrder({ paidAt: ago(2), statusChangedAt: ago(2) });
    await slow.judge(ctx);
    return { subject: order.id, over: () => show(order, "completed", withCodes(order, 1)) };
  },
  async payment_expiring() {
    const paymentExpiresAt = ago(-4);
    const order = await anOrder({
      status: "awaiting_payment",
      createdAt: ago(26),
      paymentExpiresAt,
    });
    await paymentExpiring.judge(ctx);
    return { subject: order.id, over: () => show(order, "paid") };
  },
  async unconfirmed() {
    const orderId = await place(ctx);
    await answer(orderId, { source: "create", answer: UNKNOWN });
    return {
      subject: orderId,
      over: () => show({ id: orderId, supplierOrderId: null }, "awaiting_payment"),
    };
  },
  async order_failed() {
    const order = await anOrder();
    await show(order, "failed");
    return { subject: order.id, over: null };
  },
  async cancelled_after_payment() {
    const order = await anOrder({ paidAt: ago(1) });
    await show(order, "cancelled", { cancelReason: "out_of_stock" });
    return { subject: order.id, over: null };
  },
  async order_refunded() {
    const order = await anOrder({ paidAt: ago(1) });
    await show(order, "completed", withCodes(order, 1));
    await show(order, "refunded", { word: "refunded" });
    return { subject: order.id, over: null };
  },
  async partial() {
    const order = await anOrder({}, 2);
    await show(order, "completed", { items: [supplierItem({ error: "withdrawn" })] });
    return { subject: order.id, over: null };
  },
  async unknown_word() {
    const order = await anOrder();
    await show(order, "unknown", { word: "on_hold" });
    return { subject: order.id, over: () => show(order, "processing") };
  },
  async codes_short() {
    const order = await anOrder({}, 2);
    await show(order, "completed", withCodes(order, 1));
    return { subject: order.id, over: () => show(order, "completed", withCodes(order, 2)) };
  },
  async codes_extra() {
    const order = await anOrder();
    await show(order, "completed", withCodes(order, 2));
    return { subject: order.id, over: null };
  },
  async code_repeated() {
    const [first, second] = [await anOrder(), await anOrder()];
    await show(first, "completed", withCodes(first, 1));
    await show(second, "completed", withCodes(first, 1));
    return { subject: second.id, over: null };
  },
  async code_changed() {
    const order = await anOrder({}, 2);
    await show(order, "processing", withCodes(order, 1));
    await show(order, "processing", withCodes(order, 1, "OTHER"));
    return { subject: order.id, over: null };
  },
  async codes_withheld() {
    const order = await anOrder();
    await show(order, "failed", withCodes(order, 1));
    return { subject: order.id, over: null };
  },
  async waits_for_twin() {
    const orderId = await place(ctx);
    await answer(orderId, { source: "create", answer: { kind: "held_back", twin: null } });
    const over = () => show({ id: orderId, supplierOrderId: null }, "awaiting_payment");
    return { subject: orderId, over };
  },
  async extra_supplier_order() {
    const facts = { supplierOrderId: null, nextPollAt: null, finishedAt: ago(1) };
    const rejection = { class: "given_up", code: null, detail: "" };
    const { id } = await anOrder({ status: "rejected", rejection, ...facts });
    const attempt = { id: ctx.newId(), orderId: id, kind: "create", startedAt: ago(5) };
    await db.orderAttempt.create({ data: attempt });
    const order = supplierOrder("paid", { supplierOrderId: `late_${id}` });
    const late = { source: "create", answer: { kind: "order", order } } as const;
    await answer(id, { ...late, attemptId: attempt.id });
    return { subject: id, over: null };
  },
  async pay_refused() {
    const order = await anOrder({ status: "awaiting_payment" });
    await answer(order.id, refused("pay", "balance"));
    return { subject: order.id, over: () => show(order, "paid") };
  },
  async unrecordable() {
    const leaseToken = ctx.newId();
    const order = await anOrder({ leaseToken, leaseUntil: ago(-1) });
    const observation = { ...refused("look", "transient"), attemptId: null, leaseToken };
    await parkOrder(ctx, { ...observation, orderId: order.id }, new Error("no"));
    return { subject: order.id, over: () => show(order, "processing") };
  },
  async lost_at_supplier() {
    const order = await anOrder();
    for (let look = 0; look < 3; look++) await answer(order.id, refused("look", "not_found"));
    return { subject: order.id, over: () => show(order, "processing") };
  },
  async delivery_failed() {
    await createEndpoint(db, "shop", { retryPlanMs: [1_000] });
    const order = await anOrder({ status: "paid" });
    await show(order, "processing");
    const tryAll = async (sent?: Parameters<typeof resultOf>[1]) => {
      const claims = await claimAll(ctx);
      await recordResults(
        ctx,
        claims.map((claim) => resultOf(claim, sent)),
      );
    };
    await tryAll(failedWith("timeout"));
    await letPass(db, 60);
    await tryAll(failedWith("timeout"));
    await deliveryFailed.judge(ctx);
    return {
      subject: order.id,
      async over() {
        const { id } = await db.delivery.findFirstOrThrow({
          where: { orderId: order.id, state: "failed" },
        });
        await resendDelivery(ctx, operator, id, REQUEST);
        await tryAll();
        await deliveryFailed.judge(ctx);
      },
    };
  },
  async handed_out_of_failed_order() {
    const { orderId } = await stockOf(ctx, [`GONE-${ctx.newId()}`], {
      customerRef: "shop-1",
    });
    const input = { customerRef: "shop-1", way: "link", orderId } as const;
    await handOutCodes(ctx, { ...operator, provedAt: clock.now() } as Actor, input, REQUEST);
    const { supplierOrderId } = await db.order.findUniqueOrThrow({ where: { id: orderId } });
    await show({ id: orderId, supplierOrderId }, "failed");
    return { subject: orderId, over: null };
  },
};

it.each(Object.entries(SCENES))("%s is raised, and ends", async (kind, scene) => {
  await playScene(ctx, kind as keyof typeof SCENES, scene);
});
