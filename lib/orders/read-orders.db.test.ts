import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { isFinished, isOpen, type OrderStatus } from "./lifecycle.ts";
import { codes, supplierItem, supplierOrder } from "./observations.fixture.ts";
import { parseOrderFilter } from "./order-filter.ts";
import { listOrders } from "./read-orders.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const viewer = testActor("viewer");
const secondsAgo = (seconds: number) => new Date(clock.now().getTime() - seconds * 1_000);
const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);

beforeEach(async () => {
  // As nobody can who isn't the database's owner: codes are kept for ever.
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`truncate orders cascade`,
  ]);
});

type Facts = NonNullable<Parameters<typeof createOrder>[2]>;

async function add(
  status: OrderStatus,
  facts: Facts = {},
  item: Parameters<typeof createOrder>[3] = {},
) {
  const { order } = await createOrder(
    db,
    ctx.account.id,
    {
      status,
      nextPollAt: isOpen(status) ? new Date() : null,
      finishedAt: isFinished(status) ? clock.now() : null,
      ...(status === "rejected"
        ? { rejection: { class: "balance", code: null, detail: "no" } }
        : {}),
      ...facts,
    },
    item,
  );
  return order.id;
}

const list = (query = "") => listOrders(ctx, viewer, parseOrderFilter(new URLSearchParams(query)));
const idsOf = async (query = "") => (await list(query)).rows.map(({ id }) => id);

describe("listOrders", () => {
  it("shows a row as pages need it, newest first, with no secret in it", async () => {
    const first = await add("processing", { customerRef: "R-1" }, { quantity: 3 });
    await recordObservations(ctx, [
      {
        orderId: first,
        source: "look",
        answer: {
          kind: "order",
          order: supplierOrder("processing", {
            supplierOrderId: `order_${first}`,
            totalPrice: "14.2500",
            items: [supplierItem({ codes: codes("SECRET-CODE-1") })],
          }),
        },
        attemptId: null,
        leaseToken: null,
      },
    ]);
    const second = await add("rejected", { isMock: true });
    const page = await list();
    expect(page).toMatchObject({ next: null, readAt: clock.now().toISOString() });
    expect(page.rows.map(({ id }) => id)).toEqual([second, first]);
    expect(page.rows[1]).toMatchObject({
      productName: "Steam Wallet 5 USD",
      moreItems: 0,
      quantity: 3,
      total: "14.25",
      currency: "USD",
      customerRef: "R-1",
      codesStored: 1,
      codesExpected: 3,
      failedLooks: 0,
      signals: [],
    });
    expect(JSON.stringify(page)).not.toMatch(/SECRET|v1\|/);
  });

  it("pages without gaps or repeats while new orders come in", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 120; index++) ids.unshift(await add("processing"));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(after ? `after=${after}` : "");
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
      await add("processing");
    } while (after);
    expect(seen).toEqual(ids);
  });

  it("knows the last page, also a full one", async () => {
    for (let index = 0; index < 50; index++) await add("processing");
    expect((await list()).next).toBeNull();
    await add("processing");
    const { next, rows } = await list();
    expect(next).toBe(rows.at(-1)?.id);
    expect(await idsOf(`after=${next}`)).toHaveLength(1);
  });

  it("filters by status, mock and search, alone and together", async () => {
    const paid = await add("paid", { customerRef: "Order-77" });
    const failed = await add("failed", { isMock: true }, { productName: "100% Bonus_Card" });
    expect(await idsOf("status=paid")).toEqual([paid]);
    expect(await idsOf("status=paid,failed")).toEqual([failed, paid]);
    expect(await idsOf("mock=only")).toEqual([failed]);
    expect(await idsOf("mock=without")).toEqual([paid]);
    expect(await idsOf("search=order-7")).toEqual([paid]);
    expect(await idsOf("search=der-7")).toEqual([]);
    expect(await idsOf("search=bonus")).toEqual([failed]);
    expect(await idsOf(`search=${paid.toUpperCase()}`)).toEqual([paid]);
    expect(await idsOf(`search=order_${failed}`)).toEqual([failed]);
    expect(await idsOf("status=paid&search=bonus")).toEqual([]);
  });

  it("takes what is searched for at its word", async () => {
    const literal = await add("paid", {}, { productName: "100% Bonus_Card" });
    await add("paid", {}, { productName: "100 Bonus-Card" });
    expect(await idsOf("search=100%25")).toEqual([literal]);
    expect(await idsOf("search=Bonus_Card")).toEqual([literal]);
    expect(await idsOf("search=%25")).toEqual([literal]);
    expect(await idsOf("search=%5C")).toEqual([]);
  });

  it("finds what needs a person: an open signal, or a stall that no engine has flagged", async () => {
    await add("processing", { statusChangedAt: minutesAgo(9) });
    const stalled = await add("paid", { statusChangedAt: minutesAgo(10) });
    const signalled = await add("completed");
    await db.orderSignal.create({
      data: { id: ctx.newId(), orderId: signalled, key: "code_changed", openedAt: new Date() },
    });
    const over = await add("completed", { statusChangedAt: minutesAgo(60) });
    await db.orderSignal.create({
      data: {
        id: ctx.newId(),
        orderId: over,
        key: "stalled",
        openedAt: new Date(),
        clearedAt: new Date(),
      },
    });
    const { rows } = await list("attention=1");
    expect(rows.map(({ id, signals }) => [id, signals])).toEqual([
      [signalled, ["code_changed"]],
      [stalled, ["stalled"]],
    ]);
    expect(await idsOf("attention=1&search=steam&status=paid")).toEqual([stalled]);
  });

  it("finds what is retried and what is overdue, alone and with other filters", async () => {
    await add("processing", { nextPollAt: secondsAgo(60) });
    const late = await add("processing", { nextPollAt: secondsAgo(61), customerRef: "LATE" });
    const lateSend = await add("submitting", { nextPollAt: secondsAgo(3_600), isMock: true });
    const retried = await add("paid", { failedLooks: 2, nextPollAt: secondsAgo(-30) });
    const both = await add("partial", { failedLooks: 1, nextPollAt: secondsAgo(90) });
    await add("failed", { failedLooks: 3 });
    expect(await idsOf("overdue=1")).toEqual([both, lateSend, late]);
    expect(await idsOf("retrying=1")).toEqual([both, retried]);
    expect(await idsOf("retrying=1&overdue=1")).toEqual([both]);
    expect(await idsOf("overdue=1&status=processing,submitting")).toEqual([lateSend, late]);
    expect(await idsOf("overdue=1&mock=without&search=late")).toEqual([late]);
    expect(await idsOf(`overdue=1&after=${lateSend}`)).toEqual([late]);
    expect(await idsOf("overdue=yes")).toHaveLength(6);
  });

  it("finds them also where they are too many to be named, and pages through all", async () => {
    const [{ id } = { id: "" }] = (await list(`search=${await add("processing")}`)).rows;
    // As the columns of that one, under ids of their own.
    await db.$executeRaw`
      insert into orders (id, client_ref, supplier_id, supplier_order_id, status, is_mock, currency, agreed_total,
        actor_kind, actor_name, correlation_id, created_at, status_changed_at, next_poll_at, failed_looks)
      select gen_random_uuid(), 'many-' || n, supplier_id, 'many_' || n, status, is_mock, currency, agreed_total,
        actor_kind, actor_name, correlation_id, created_at, status_changed_at,
        now() - interval '1 hour', n % 2
      from orders, generate_series(1, 1500) n where id = ${id}::uuid`;
    let after: string | null = null;
    let retried = 0;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `overdue=1&retrying=1${after ? `&after=${after}` : ""}`,
      );
      retried += page.rows.length;
      after = page.next;
    } while (after);
    expect(retried).toBe(750);
  });

  it("finds what has ended or was paid for since, alone and with other filters", async () => {
    const [since, before] = [minutesAgo(60).toISOString(), minutesAgo(61)];
    const old = { finishedAt: before, statusChangedAt: before, paidAt: before };
    await add("completed", old);
    const paid = { paidAt: minutesAgo(60) };
    const done = await add("completed", { ...paid, finishedAt: minutesAgo(59) });
    const mocked = await add("completed", { isMock: true, paidAt: minutesAgo(5) });
    const open = await add("processing", { ...paid, currency: "EUR" });
    const refunded = await add("refunded", {
      ...old,
      paidAt: minutesAgo(3),
      statusChangedAt: minutesAgo(3),
    });
    expect(await idsOf(`finishedSince=${since}`)).toEqual([refunded, mocked, done]);
    expect(await idsOf(`finishedSince=${since}&mock=without`)).toEqual([refunded, done]);
    expect(await idsOf(`finishedSince=${since}&status=completed&mock=only`)).toEqual([mocked]);
    expect(await idsOf(`paidSince=${since}`)).toEqual([open, mocked, done]);
    expect(await idsOf(`paidSince=${since}&currency=EUR`)).toEqual([open]);
    expect(await idsOf(`paidSince=${since}&mock=without&search=steam`)).toEqual([open, done]);
    expect(await idsOf(`paidSince=${since}&finishedSince=${since}&mock=without`)).toEqual([done]);
    expect(await idsOf(`paidSince=${since}&mock=without&after=${open}`)).toEqual([done]);
  });

  it("is for everybody who is signed in, and our own jobs", async () => {
    await expect(listOrders(ctx, { kind: "job", name: "t" }, {})).resolves.toBeDefined();
  });
});
