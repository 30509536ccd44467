/** Each kind of alert about an account, a product, an endpoint, a person, a key or Keyhold, from what brings it about. */
import { afterAll, beforeEach, it } from "vitest";
import { createKey } from "#lib/api/create-key.ts";
import { acceptRemainder } from "#lib/balance/accept-remainder.ts";
import { explainBalances } from "#lib/balance/explain-balances.ts";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { takeLowWord } from "#lib/balance/take-low-word.ts";
import { countReveals, watchVolume } from "#lib/codes/count-reveals.ts";
import { quietReveals } from "#lib/codes/quiet-reveals.ts";
import { OLD_UNUSUAL } from "#lib/codes/reveal-limits.ts";
import { setLowLine } from "#lib/codes/set-low-line.ts";
import { createCodes, createStockProduct } from "#lib/codes/stock.fixture.ts";
import { watchExpiries } from "#lib/codes/watch-expiries.ts";
import { watchOldCodes } from "#lib/codes/watch-old-codes.ts";
import {
  announceMany,
  claimAll,
  createEndpoint,
  failedWith,
  forgetEndpoints,
  letPass,
  resultOf,
} from "#lib/deliveries/deliveries.fixture.ts";
import { enableEndpoint } from "#lib/deliveries/enable-endpoint.ts";
import { recordResults } from "#lib/deliveries/record-results.ts";
import { resendDelivery } from "#lib/deliveries/resend-delivery.ts";
import { checkInvariants } from "#lib/doctor/check-invariants.ts";
import { setAsideMessage } from "#lib/inbound/set-aside-message.ts";
import { tellInbox } from "#lib/inbound/tell-inbox.ts";
import { supplierOrder } from "#lib/orders/observations.fixture.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import type { SignalKey } from "#lib/orders/signals.ts";
import { learnCapability } from "#lib/placement/capabilities.ts";
import { configureSupplier } from "#lib/placement/configure-supplier.ts";
import { auditAccounts } from "#lib/reconcile/audit-accounts.ts";
import { explainOrders } from "#lib/reconcile/explain-orders.ts";
import { markForeign } from "#lib/reconcile/mark-foreign.ts";
import { createAccounts, type NotConnected } from "#lib/suppliers/account.ts";
import type { Outcome, SupplierBalance } from "#lib/suppliers/port.ts";
import {
  createOrder,
  createUser,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { AlertKind } from "./alert-policy.ts";
import { playScene, type Scene } from "./every-kind.fixture.ts";
import { accounts } from "./rules/accounts.ts";
import { engineLate } from "./rules/engine-late.ts";
import { notConnected } from "./rules/not-connected.ts";
import { noticesFailed } from "./rules/notices-failed.ts";
import { sealingKeyOld } from "./rules/sealing-key-old.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const REQUEST = { address: null, correlationId: null };
const JOB = { kind: "job", name: "test" } as const;
const admin = testActor("admin");
if (admin.kind !== "user") throw new Error("A person was expected.");

/** What the supplier answers to whatever it is asked. */
let available = "1000";
let failure: Outcome<never> | null = null;
const down: Outcome<never> = { kind: "unknown", reason: "It did not answer.", httpStatus: 503 };
const answers = <T>(value: T): Promise<Outcome<T>> =>
  Promise.resolve(failure ?? { kind: "accepted", value });
const balance = (): SupplierBalance => ({
  currency: "USD",
  available,
  reserved: "0",
  pending: "0",
});
const supplier = scriptedSupplier({
  getBalances: () => answers([balance()]),
  listOrders: () => answers({ items: [], next: null }),
});
const ctx = await testContext(db, supplier, clock);
const supplierId = ctx.account.id;
const ago = (ms: number) => new Date(clock.now().getTime() - ms);

/** A worker is there, and has been for a while. */
const beat = () =>
  db.engineRun.upsert({
    where: { id: "00000000-0000-7000-8000-000000000001" },
    update: { beatAt: clock.now() },
    create: {
      ...{ id: "00000000-0000-7000-8000-000000000001", kind: "worker", host: "test", pid: 1 },
      ...{ startedAt: ago(30 * DAY), beatAt: clock.now() },
    },
  });
const sample = () => sampleBalance(ctx, ctx.account, "refresh");
const judge = () => accounts.judge(ctx);
const calls = (outcome: string, count: number, minutesAgo = 0, tookMs = 0) =>
  db.callCount.createMany({
    data: [
      {
        ...{ supplierId, what: "look", outcome, calls: count, tookMs },
        minute: new Date(Math.floor(ago(minutesAgo * MINUTE).getTime() / MINUTE) * MINUTE),
      },
    ],
  });
/** Some time goes by, and the supplier is as well as it ever was. */
async function well(minutes = 15): Promise<void> {
  clock.advance(minutes * MINUTE);
  failure = null;
  await db.callBudget.updateMany({ data: { failures: 0, trips: 0, openUntil: null, trial: null } });
  await sample();
  await db.supplier.update({ where: { id: supplierId }, data: { lastOkAt: clock.now() } });
  await beat();
  await judge();
}
/** That it is well is known once it has answered. */
async function wellAgain(): Promise<void> {
  await well();
  await calls("accepted", 10, 0, 1_000);
  await judge();
}
async function tryAll(outcome?: Parameters<typeof resultOf>[1]): Promise<void> {
  const claims = await claimAll(ctx);
  await recordResults(
    ctx,
    claims.map((claim) => resultOf(claim, outcome)),
  );
}
const setLines = (lines: { lowAt: string; criticalAt?: string } | null) =>
  configureSupplier(ctx, JOB, "foxreload", {
    balance: lines && { USD: { okAt: lines.lowAt, criticalAt: null, ...lines } },
  });
const explain = () => db.$transaction((tx) => explainOrders(tx, ctx, supplierId));
const mirrored = (supplierOrderId: string, facts: object = {}) =>
  db.supplierOrder.create({
    data: {
      ...{ supplierId, supplierOrderId, state: "paid", word: "paid", items: [] },
      ...{ firstSeenAt: clock.now(), lastSeenAt: clock.now(), ...facts },
    },
  });
/** A create of ours, a while ago: what is seen now doesn't predate us. */
async function sent(): Promise<void> {
  const { order } = await createOrder(db, supplierId, {
    status: "completed",
    nextPollAt: null,
    finishedAt: clock.now(),
  });
  const attempt = { id: ctx.newId(), orderId: order.id, kind: "create", outcome: "accepted" };
  await db.orderAttempt.create({ data: { ...attempt, startedAt: ago(DAY), finishedAt: ago(DAY) } });
}

/** A message that nothing came of, until a person says what it is. */
async function troubled(state: "unmatched" | "unreadable", problem: string) {
  const id = ctx.newId();
  await db.inboxMessage.create({
    data: {
      ...{ id, supplierId, dedupeKey: id, scheme: "hmac_sha256", bytes: 2, state, problem },
      ...{ receivedAt: clock.now(), settledAt: clock.now(), sealed: "v2|k|n|c|t" },
    },
  });
  await db.$transaction((tx) => tellInbox(tx, ctx, [supplierId]));
  return { over: () => setAsideMessage(ctx, admin, { id, reason: "A test of theirs." }, REQUEST) };
}

beforeEach(async () => {
  available = "1000";
  await db.supplierOrder.deleteMany({ where: { orderId: null } });
  // Nobody works on these.
  await db.$executeRaw`
    update orders set next_poll_at = now() + interval '1 year' where next_poll_at is not null`;
  await setLines(null);
  await well();
});

const SCENES: Record<Exclude<AlertKind, SignalKey | "handed_out_of_failed_order">, Scene> = {
  async mode_fell_back() {
    await learnCapability(ctx, supplierId, "create_is_free", true, "probe");
    const { order } = await createOrder(db, supplierId, {
      status: "submitting",
      supplierOrderId: null,
    });
    const attempt = { id: ctx.newId(), orderId: order.id, kind: "create", startedAt: ago(1) };
    await db.orderAttempt.create({ data: attempt });
    const shown = supplierOrder("paid", { supplierOrderId: `charged_${order.id}` });
    await recordObservations(ctx, [
      {
        ...{ orderId: order.id, source: "create", attemptId: attempt.id, leaseToken: null },
        answer: { kind: "order", order: shown },
      },
    ]);
    const capabilities = { create_is_free: false };
    return {
      subject: supplierId,
      over: () => configureSupplier(ctx, JOB, "foxreload", { capabilities }),
    };
  },
  async orphans_many() {
    for (let count = 0; count < 30; count++) {
      await mirrored(`orphan_${count}`, {
        ...{ state: "awaiting_payment", attribution: "orphan", attributedAt: clock.now() },
      });
    }
    await explain();
    const over = async () => {
      clock.advance(61 * MINUTE);
      await explain();
    };
    return { subject: supplierId, over };
  },
  async unattributed_supplier_order() {
    await sent();
    await mirrored("nobodys", { createdAt: clock.now() });
    await explain();
    const ours = { supplierId, supplierOrderId: "nobodys", reason: "Ordered in the shop." };
    return { subject: supplierId, over: () => markForeign(ctx, admin, ours, REQUEST) };
  },
  async audit_overdue() {
    await sent();
    failure = down;
    clock.advance(60 * MINUTE);
    await auditAccounts(ctx);
    const over = async () => {
      await well(5);
      await db.supplier.update({ where: { id: supplierId }, data: { auditLeaseUntil: null } });
      await auditAccounts(ctx);
    };
    return { subject: supplierId, over };
  },
  async balance_low() {
    await setLines({ lowAt: "50" });
    available = "49";
    await sample();
    const over = () => {
      available = "60";
      clock.advance(MINUTE);
      return sample();
    };
    return { subject: supplierId, over };
  },
  async balance_critical() {
    await setLines({ lowAt: "50", criticalAt: "20" });
    available = "19";
    await sample();
    const over = () => {
      available = "60";
      clock.advance(MINUTE);
      return sample();
    };
    return { subject: supplierId, over };
  },
  async balance_unexplained() {
    available = "900";
    for (let samples = 0; samples < 3; samples++) {
      clock.advance(MINUTE);
      await sample();
      await explainBalances(ctx);
    }
    const over = async () => {
      const standing = await db.balanceStep.findMany({ where: { state: "unexplained" } });
      for (const { sampleId: stepId, remainder } of standing) {
        const reason = "A fee, says the supplier.";
        await acceptRemainder(
          ctx,
          admin,
          { stepId, remainder: remainder.toFixed(), reason },
          REQUEST,
        );
      }
      await explainBalances(ctx);
    };
    return { subject: supplierId, over };
  },
  async balance_told_low() {
    await setLines(null);
    await takeLowWord(ctx, ctx.account, { currency: "USD", available: null });
    return { subject: supplierId, over: null };
  },
  async balance_stale() {
    clock.advance(11 * MINUTE);
    await beat();
    await judge();
    return { subject: supplierId, over: () => well(1) };
  },
  async catalog_outdated() {
    await db.supplier.update({ where: { id: supplierId }, data: { createdAt: ago(DAY) } });
    await judge();
    const walk = { supplierId, startedAt: ago(MINUTE), finishedAt: clock.now(), position: {} };
    const over = async () => {
      await db.catalogWalk.create({ data: walk });
      await judge();
    };
    return { subject: supplierId, over };
  },
  async supplier_down() {
    await calls("failed", 12);
    await judge();
    return { subject: supplierId, over: wellAgain };
  },
  async supplier_slow() {
    await calls("accepted", 10, 0, 80_000);
    await judge();
    return { subject: supplierId, over: wellAgain };
  },
  async supplier_limiting() {
    for (const minute of [1, 3, 5]) await calls("limited", 2, minute);
    await judge();
    return { subject: supplierId, over: () => well() };
  },
  async key_refused() {
    const refusal = { class: "auth", code: null, detail: "No such key.", httpStatus: 401 } as const;
    failure = { kind: "refused", refusal };
    clock.advance(MINUTE);
    await sample();
    await judge();
    return { subject: supplierId, over: () => well(1) };
  },
  async push_refused() {
    const refused = { pushRefusedAt: clock.now(), pushRefusedWhy: "bad_signature" };
    const where = { id: supplierId };
    await db.supplier.update({ where, data: { ...refused, pushRefusals: 3 } });
    await judge();
    const over = async () => {
      await db.supplier.update({ where, data: { pushRefusedAt: null } });
      await judge();
    };
    return { subject: supplierId, over };
  },
  async supplier_not_connected() {
    const account = { id: supplierId, slug: "foxreload", name: "FoxReload", kind: "foxreload" };
    const judgeAs = (lost: NotConnected[]) =>
      notConnected.judge({ ...ctx, suppliers: createAccounts([], { notConnected: lost }) });
    await judgeAs([{ ...account, why: "secret_locked" }]);
    return { subject: supplierId, over: () => judgeAs([]) };
  },
  async inbox_unmatched() {
    const { over } = await troubled("unmatched", "unknown_order");
    return { subject: supplierId, over };
  },
  async inbox_unreadable() {
    const { over } = await troubled("unreadable", "unreadable: It is no JSON.");
    return { subject: supplierId, over };
  },
  async stock_low() {
    const { id } = await createStockProduct(db);
    const line = (lowLine: number | null) =>
      setLowLine(ctx, testActor("operator"), { stockProductId: id, lowLine }, REQUEST);
    await line(4);
    return { subject: id, over: () => line(null) };
  },
  async codes_expiring() {
    const { id: stockProductId } = await createStockProduct(db);
    const expiresAt = ago(-DAY);
    const [code] = await createCodes(db, 1, { stockProductId, expiresAt });
    await watchExpiries(ctx);
    const over = async () => {
      await db.code.update({ where: { id: code }, data: { state: "bad" } });
      await watchExpiries(ctx);
    };
    return { subject: stockProductId, over };
  },
  async endpoint_failing() {
    await forgetEndpoints(db);
    const { id } = await createEndpoint(db, "shop", { failures: 49, trips: 3, retryPlanMs: [1] });
    await announceMany(ctx, 1);
    await tryAll(failedWith("timeout"));
    const over = async () => {
      await letPass(db, 3_600);
      await tryAll();
    };
    return { subject: id, over };
  },
  async endpoint_disabled() {
    await forgetEndpoints(db);
    const { id } = await createEndpoint(db, "shop", { failures: 99, trips: 9 });
    await announceMany(ctx, 1);
    await tryAll(failedWith("timeout"));
    return { subject: id, over: () => enableEndpoint(ctx, admin, id, REQUEST) };
  },
  async notices_failed() {
    await forgetEndpoints(db);
    const { id } = await createEndpoint(db, "night shift", {
      ...{ retryPlanMs: [1_000], events: ["balance.low"] },
    });
    await announceMany(ctx, 2);
    await tryAll(failedWith("timeout"));
    await letPass(db, 60);
    await tryAll(failedWith("timeout"));
    await noticesFailed.judge(ctx);
    const over = async () => {
      const failed = await db.delivery.findMany({ where: { endpointId: id, state: "failed" } });
      for (const { id: deliveryId } of failed) {
        await resendDelivery(ctx, admin, deliveryId, REQUEST);
      }
      await tryAll();
      await noticesFailed.judge(ctx);
    };
    return { subject: id, over };
  },
  async reveals_unusual() {
    const { id } = await createUser(db);
    const meera = { ...admin, id } as typeof admin;
    const taken = await db.$transaction((tx) => countReveals(tx, ctx, meera));
    await db.$transaction((tx) => watchVolume(tx, ctx, taken, 1_000));
    const over = () => {
      clock.advance(2 * DAY);
      return quietReveals(ctx);
    };
    return { subject: id, over };
  },
  async key_opens_old_codes() {
    const made = await createKey(ctx, JOB, { name: "Shop", scopes: ["codes:read"] }, REQUEST);
    if (made.kind !== "made") throw new Error("No key was made.");
    const key = { kind: "key", id: made.id, name: "Shop", scopes: [] } as const;
    const opened = Array.from({ length: OLD_UNUSUAL }, () => ctx.newId());
    await db.$transaction((tx) => watchOldCodes(tx, ctx, key, opened));
    const over = () => {
      clock.advance(2 * DAY);
      return quietReveals(ctx);
    };
    return { subject: key.id, over };
  },
  async invariant_violated() {
    // Those of our orders are seen; one more is nobody's.
    await db.$executeRaw`
      insert into supplier_orders (supplier_id, supplier_order_id, state, word, items, first_seen_at, last_seen_at,
        attribution, attributed_at, order_id)
      select supplier_id, lower(supplier_order_id), 'paid', 'paid', '[]', now(), now(), 'ours', now(), id
      from orders where supplier_order_id is not null on conflict do nothing`;
    const seen = { firstSeenAt: ago(20 * MINUTE), lastSeenAt: ago(20 * MINUTE) };
    await mirrored("unseen", { ...seen, state: "awaiting_payment", word: "active" });
    await checkInvariants(ctx);
    const over = async () => {
      await db.supplierOrder.deleteMany({ where: { supplierOrderId: "unseen" } });
      clock.advance(6 * MINUTE);
      await checkInvariants(ctx);
    };
    return { subject: "I16", over };
  },
  async engine_late() {
    clock.advance(MINUTE);
    await engineLate.judge(ctx);
    const over = async () => {
      await beat();
      await engineLate.judge(ctx);
    };
    return { subject: "engine", over };
  },
  async sealing_key_old() {
    const key = { id: "old1", purpose: "seal", wrappedBy: "test", wrapped: "none" };
    await db.dataKey.create({ data: { ...key, createdAt: ago(400 * DAY) } });
    await sealingKeyOld.judge(ctx);
    const over = async () => {
      await db.dataKey.update({ where: { id: "old1" }, data: { retiredAt: clock.now() } });
      await sealingKeyOld.judge(ctx);
    };
    return { subject: "old1", over };
  },
};

it.each(Object.entries(SCENES))("%s is raised, and ends", async (kind, scene) => {
  await playScene(ctx, kind as keyof typeof SCENES, scene);
});
