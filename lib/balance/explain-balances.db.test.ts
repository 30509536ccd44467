import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { SupplierBalance } from "#lib/suppliers/port.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acceptRemainder } from "./accept-remainder.ts";
import { explainBalances } from "./explain-balances.ts";
import { recordTopUp } from "./record-top-up.ts";
import { sampleBalance } from "./sample-balance.ts";
import { fromUnits, toUnits } from "./units.ts";
import { voidTopUp } from "./void-top-up.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const SECOND = 1_000;
const clock = testClock();
let held = 0n;
let also: SupplierBalance[] = [];
const usd = (): SupplierBalance => ({
  ...{ currency: "USD", available: fromUnits(held), reserved: "0", pending: "0" },
});
const supplier = scriptedSupplier({
  getBalances: async () => ({ kind: "accepted", value: [usd(), ...also] }),
});
const ctx = await testContext(db, supplier, clock);
const asha = testActor("operator");
const FROM = { address: "192.0.2.7", correlationId: "correlation-9" };

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from balance_moves`,
    db.$executeRaw`delete from balance_steps`,
    db.$executeRaw`delete from top_ups`,
    db.$executeRaw`delete from balance_samples`,
    db.$executeRaw`delete from system_signals`,
    db.$executeRaw`delete from order_attempts`,
    db.$executeRaw`delete from order_items`,
    db.$executeRaw`delete from orders`,
    db.$executeRaw`delete from supplier_orders`,
  ]);
  held = toUnits("1000");
  also = [];
});

const pass = (seconds: number) => clock.advance(seconds * SECOND);
async function sample() {
  pass(15);
  await sampleBalance(ctx, ctx.account, "refresh");
  await explainBalances(ctx);
}
const spend = (amount: string) => {
  held -= toUnits(amount);
};
const steps = () => db.balanceStep.findMany({ orderBy: { toAt: "asc" }, include: { moves: true } });
const told = async () =>
  (await steps()).map(
    ({ state, remainder, moves }) =>
      `${state} ${remainder.toFixed()} ${moves
        .map(({ kind }) => kind)
        .sort()
        .join(",")}`,
  );
const standing = () =>
  db.systemSignal.findMany({ where: { key: "balance_unexplained", clearedAt: null } });

type Facts = { amount: string; status?: string; paid?: boolean; attempt?: "pay" | "create" };
/** An order as it stands once its payment was answered. */
async function order({ amount, status = "completed", paid = true, attempt = "pay" }: Facts) {
  const at = clock.now();
  const isOver = ["completed", "failed", "cancelled"].includes(status);
  const doubtful = status === "unconfirmed";
  const { order: made } = await createOrder(db, ctx.account.id, {
    ...{ status, agreedTotal: amount, createdAt: at, statusChangedAt: at },
    ...(paid ? { paidAt: at } : {}),
    ...(isOver ? { finishedAt: at, nextPollAt: null } : {}),
    ...(doubtful ? { supplierOrderId: null } : {}),
  } as Parameters<typeof createOrder>[2]);
  await db.orderAttempt.create({
    data: {
      ...{ id: ctx.newId(), orderId: made.id, kind: attempt, startedAt: at, finishedAt: at },
      outcome: doubtful ? "unknown" : "accepted",
    },
  });
  return made;
}
const fail = (id: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update orders set status = 'failed', finished_at = ${clock.now()}, status_changed_at = ${clock.now()}, next_poll_at = null where id = ${id}::uuid`,
  ]);
const refund = (id: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update orders set status = 'refunded', status_changed_at = ${clock.now()} where id = ${id}::uuid`,
  ]);
const topUp = (amount: string) =>
  recordTopUp(
    ctx,
    asha,
    {
      ...{ supplierId: ctx.account.id, currency: "USD", amount },
      ...{ at: clock.now().toISOString(), note: null },
    },
    FROM,
  );

describe("explainBalances", () => {
  it("explains payments, refunds and top-ups, each once, whoever looks", async () => {
    await sample();
    pass(5);
    const lost = await order({ amount: "9.5", status: "processing" });
    await order({ amount: "0.9549" });
    spend("10.4549");
    await sample();
    pass(5);
    await fail(lost.id);
    spend("-9.5");
    await sample();
    pass(5);
    await topUp("500");
    spend("-500");
    await sample();
    await Promise.all([1, 2, 3].map(() => explainBalances(ctx)));
    expect(await told()).toEqual([
      "explained 0 order,order",
      "explained 0 refund",
      "explained 0 top_up",
    ]);
    expect(await db.balanceMove.count()).toBe(4);
    expect(await standing()).toEqual([]);
  });

  it("expects what the supplier says it gave back, however long ago it was bought", async () => {
    await sample();
    pass(5);
    const [bought, kept] = [await order({ amount: "12.5" }), await order({ amount: "7" })];
    spend("19.5");
    await sample();
    pass(40 * 24 * 3_600);
    await sample();
    pass(5);
    await refund(bought.id);
    held += toUnits("12.5");
    await sample();
    expect(await told()).toEqual(["explained 0 order,order", "explained 0 refund"]);
    // Said, and not there yet.
    pass(120);
    await sample();
    await refund(kept.id);
    pass(5);
    await order({ amount: "3" });
    spend("3");
    await sample();
    expect((await told()).at(-1)).toBe("explained 0 order");
    held += toUnits("7");
    await sample();
    expect((await told()).at(-1)).toBe("explained 0 refund");
  });

  it("tells of a loss with the second sample, until it is accounted for", async () => {
    await sample();
    pass(5);
    await order({ amount: "5" });
    spend("17.34");
    await sample();
    expect(await told()).toEqual(["open -12.34 order"]);
    expect(await standing()).toEqual([]);
    await sample();
    expect(await told()).toEqual(["unexplained -12.34 order"]);
    expect(await standing()).toMatchObject([
      { subject: ctx.account.id, data: { currency: "USD", remainder: "-12.34", steps: 1 } },
    ]);
    const [step] = await steps();
    const stepId = step?.sampleId ?? "";
    const accept = (remainder: string) =>
      acceptRemainder(ctx, asha, { stepId, remainder, reason: "Bought on their site" }, FROM);
    await expect(accept("-12")).rejects.toMatchObject({ code: "conflict" });
    await expect(
      acceptRemainder(
        ctx,
        testActor("viewer"),
        { stepId, remainder: "-12.34", reason: "why" },
        FROM,
      ),
    ).rejects.toMatchObject({ code: "forbidden" });
    const results = await Promise.allSettled([accept("-12.34"), accept("-12.34")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await standing()).toEqual([]);
    await explainBalances(ctx);
    expect(await told()).toEqual(["accepted -12.34 order"]);
    expect(await db.auditEntry.count({ where: { action: "balance.remainder_accepted" } })).toBe(1);
  });

  it("is content once a supplier order that isn't ours is known to be somebody else's", async () => {
    await sample();
    pass(5);
    spend("8.25");
    await sample();
    await sample();
    expect(await standing()).toHaveLength(1);
    const seen = clock.now();
    await db.supplierOrder.create({
      data: {
        ...{
          supplierId: ctx.account.id,
          supplierOrderId: "theirs",
          state: "completed",
          word: "completed",
        },
        ...{ items: [], currency: "USD", total: "8.25", isMock: false, attribution: "foreign" },
        attributedAt: seen,
        ...{
          createdAt: new Date(seen.getTime() - 40 * SECOND),
          firstSeenAt: seen,
          lastSeenAt: seen,
        },
      },
    });
    await explainBalances(ctx);
    expect(await told()).toEqual(["explained 0 foreign"]);
    expect(await standing()).toEqual([]);
  });

  it("lets an order in doubt explain a loss, and asks again once it cost nothing", async () => {
    await sample();
    pass(5);
    const doubtful = await order({
      ...{ amount: "4.75", status: "unconfirmed", paid: false, attempt: "create" },
    });
    spend("4.75");
    await sample();
    await sample();
    expect(await told()).toEqual(["explained 0 order"]);
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update orders set status = 'rejected', rejection = '{}', next_poll_at = null, finished_at = ${clock.now()}, status_changed_at = ${clock.now()} where id = ${doubtful.id}::uuid`,
    ]);
    await sample();
    await sample();
    expect(await told()).toEqual(["unexplained -4.75 "]);
  });

  it("waits longer for what came in, which a top-up explains, and not without it", async () => {
    await sample();
    spend("-250.5");
    await sample();
    await sample();
    expect(await told()).toEqual(["open 250.5 "]);
    pass(600);
    await explainBalances(ctx);
    expect(await standing()).toHaveLength(1);
    const id = await topUp("250.5");
    expect(await told()).toEqual(["explained 0 top_up"]);
    expect(await standing()).toEqual([]);
    await voidTopUp(ctx, asha, { id, reason: "Typed twice" }, FROM);
    await expect(voidTopUp(ctx, asha, { id, reason: "Typed twice" }, FROM)).rejects.toMatchObject({
      code: "conflict",
    });
    await explainBalances(ctx);
    expect(await told()).toEqual(["unexplained 250.5 "]);
    await expect(db.topUp.delete({ where: { id } })).rejects.toThrow();
  });

  it("notes a top-up once, however often it is told", async () => {
    const told = {
      ...{ supplierId: ctx.account.id, currency: "USD", amount: "777" },
      ...{ at: clock.now().toISOString(), note: null, id: crypto.randomUUID() },
    };
    const ids = await Promise.all([1, 2, 3].map(() => recordTopUp(ctx, asha, told, FROM)));
    expect(new Set(ids)).toEqual(new Set([told.id]));
    expect(await db.topUp.count({ where: { amount: 777 } })).toBe(1);
    expect(await db.balanceMove.count({ where: { topUpId: told.id } })).toBe(1);
    await expect(recordTopUp(ctx, asha, { ...told, amount: "5" }, FROM)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("takes a proposal up once, and the same amount again when it comes again", async () => {
    await sample();
    const gain = async () => {
      spend("-500");
      await sample();
      pass(600);
      await explainBalances(ctx);
      const step = (await steps()).at(-1);
      return { stepId: step?.sampleId ?? "", remainder: step?.remainder.toFixed() ?? "" };
    };
    const take = (proposal: { stepId: string; remainder: string }, amount = "500.00") => {
      const at = clock.now().toISOString();
      const topUp = { supplierId: ctx.account.id, currency: "USD", amount, at, note: null };
      return recordTopUp(ctx, asha, { ...topUp, proposal }, FROM);
    };
    const first = await gain();
    await expect(take({ ...first, remainder: "499" })).rejects.toMatchObject({ code: "conflict" });
    await expect(take({ ...first, stepId: crypto.randomUUID() })).rejects.toMatchObject({
      code: "conflict",
    });
    const results = await Promise.allSettled([1, 2, 3].map(() => take(first)));
    expect(results.map(({ status }) => status).sort()).toEqual([
      ...["fulfilled", "rejected", "rejected"],
    ]);
    await expect(take(first, "250")).rejects.toMatchObject({ code: "conflict" });
    await take(await gain());
    expect(await told()).toEqual(["explained 0 top_up", "explained 0 top_up"]);
  });

  it("says who did what from where", async () => {
    await sample();
    const before = (await db.auditEntry.findFirst({ orderBy: { seq: "desc" } }))?.seq ?? 0n;
    const id = await topUp("100");
    spend("12");
    await sample();
    await sample();
    const [step] = await steps();
    const [stepId, remainder] = [step?.sampleId ?? "", step?.remainder.toFixed() ?? ""];
    await acceptRemainder(ctx, asha, { stepId, remainder, reason: "A fee" }, FROM);
    await voidTopUp(ctx, asha, { id, reason: "Typed twice" }, FROM);
    const entries = await db.auditEntry.findMany({ where: { seq: { gt: before } } });
    expect(entries.map(({ action }) => action).sort()).toEqual([
      ...["balance.remainder_accepted", "balance.top_up_voided", "balance.topped_up"],
    ]);
    for (const entry of entries) expect(entry).toMatchObject(FROM);
  });

  it("keeps who accepted a remainder with a step that a voided top-up opens again", async () => {
    await sample();
    const id = await topUp("500");
    spend("-500");
    await sample();
    const [step] = await steps();
    const stepId = step?.sampleId ?? "";
    const accepted = { state: "accepted", acceptedBy: asha.name, reason: "The bank's bonus" };
    await db.balanceStep.update({ where: { sampleId: stepId }, data: accepted });
    pass(600);
    await voidTopUp(ctx, asha, { id, reason: "Typed twice" }, FROM);
    await explainBalances(ctx);
    expect(await told()).toEqual(["unexplained 500 "]);
    expect((await steps())[0]).toMatchObject({ ...accepted, state: "unexplained" });
    expect(await standing()).toHaveLength(1);
    const anew = { stepId, remainder: "500", reason: "Theirs to keep" };
    await acceptRemainder(ctx, asha, anew, FROM);
    expect((await steps())[0]).toMatchObject({ state: "accepted", reason: "Theirs to keep" });
  });

  it("keeps currencies apart, and needs no step where only other amounts moved", async () => {
    also = [{ currency: "RUB", available: "500", reserved: "0", pending: "0" }];
    await sample();
    also = [{ currency: "RUB", available: "500", reserved: "7", pending: "0" }];
    await sample();
    expect(await told()).toEqual([]);
    also = [{ currency: "RUB", available: "450", reserved: "7", pending: "0" }];
    await order({ amount: "50" });
    spend("50");
    await sample();
    await sample();
    expect((await told()).sort()).toEqual(["explained 0 order", "unexplained -50 "]);
  });
});

describe("a thousand orders with refunds and top-ups", () => {
  it("are explained to the last decimal, and a phantom debit among them stands out", async () => {
    await sample();
    const opening = held;
    const prices = ["4.75", "9.5", "0.9549", "19.0001", "3.3333", "12"];
    const running: { id: string; amount: string }[] = [];
    let made = 0;
    let random = 7;
    const draw = (below: number) => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return random % below;
    };
    while (made < 1_000) {
      for (let n = 10 + draw(20); n > 0 && made < 1_000; n--, made++) {
        const amount = prices[draw(prices.length)] ?? "1";
        clock.advance(100);
        const { id } = await order({ amount, status: draw(8) ? "completed" : "processing" });
        running.push({ id, amount });
        spend(amount);
      }
      for (let n = draw(3); n > 0; n--) {
        const [lost] = running.splice(draw(running.length), 1);
        if (!lost) continue;
        clock.advance(100);
        await fail(lost.id);
        spend(`-${lost.amount}`);
      }
      if (draw(6) === 0) {
        clock.advance(100);
        await topUp("333.3333");
        spend("-333.3333");
      }
      await sample();
    }
    await sample();
    const all = await steps();
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ state }) => state !== "explained")).toEqual([]);
    const moved = all.flatMap(({ moves }) => moves).map(({ amount }) => toUnits(amount.toFixed()));
    expect(opening + moved.reduce((sum, units) => sum + units, 0n)).toBe(held);
    expect(await db.balanceMove.count({ where: { kind: "order", stepId: null } })).toBe(0);

    for (let n = 0; n < 12; n++) await order({ amount: prices[n % 6] ?? "1" });
    spend("49.5383");
    spend("49.5383");
    spend("0.01");
    await sample();
    await sample();
    expect(await told().then((lines) => lines.at(-1))).toMatch(/^unexplained -0.01 /);
  }, 120_000);
});
