/** Counting on lists that lag, break off, leave out, repeat and hide. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const OPEN = { frozenAt: null, waitsFor: null, waitsWhy: null };
let one: Account;
async function open(options: Parameters<typeof openAccount>[1] = {}) {
  one = await openAccount(db, options);
  return one;
}
/** Whatever happened, the invariants hold. */
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const passesOf = ({ supplierId }: Account) =>
  db.gatePass.findMany({ where: { supplierId }, orderBy: { startedAt: "asc" } });

describe("a list that can't be relied on", () => {
  it.each([
    ["isn't answered", { loseReply: "before" }],
    ["is refused", { refuse: { status: 403, detail: "not now" } }],
    ["is a page of HTML", { garble: "html" }],
    ["is cut off", { garble: "truncated" }],
    ["has to be asked for later", { rateLimit: { retryAfter: 30 } }],
  ])("because it %s decides nothing, and says why", async (_, fault) => {
    await open();
    const orderId = await one.lost("after");
    await one.rule(fault, { endpoint: "list" });
    one.settle();
    for (const gate of await one.passes()) {
      expect(gate).toMatchObject({ waitsFor: "incomplete" });
      expect(gate?.waitsWhy?.length).toBeGreaterThan(60);
    }
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect((await passesOf(one)).every(({ complete }) => !complete)).toBe(true);
    await one.control("DELETE", "/rules");
    await db.supplier.updateMany({ data: { blockedUntil: null } });
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("that broke off between two looks: both have to be made again", async () => {
    await open();
    const orderId = await one.lost("before");
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    await one.rule({ loseReply: "before" }, { endpoint: "list", times: 1 });
    expect(await one.pass()).toMatchObject({ waitsFor: "incomplete" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "submitting" });
  });

  it("because it lags behind is outwaited by the settling time", async () => {
    await open();
    await one.rule({ hideFor: { ms: 120_000 } }, { endpoint: "list" });
    const orderId = await one.lost("after");
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.advance(121_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it.each([
    ["sorts the oldest first", { order: "oldest_first" }],
    ["is bare, and sorts the oldest first", { bare: true, order: "oldest_first" }],
    ["tells no times", { omit: ["createdAt"] }],
  ])("it %s: is read to its end", async (_, manner) => {
    await open();
    await one.rule(manner, { endpoint: "list" });
    for (let others = 0; others < 120; others++) {
      await one.foreign(OBJECTS);
      one.advance(1_000);
    }
    one.advance(3_600_000);
    const orderId = await one.lost("after");
    one.advance(1_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({
      supplierOrderId: (await one.theirs()).at(-1),
    });
    const [pass] = await passesOf(one);
    expect(pass).toMatchObject({ complete: true, seen: 121 });
    expect(pass?.pages).toBeGreaterThanOrEqual(3);
  });

  it("is read back no further than needed where it sorts the newest first", async () => {
    await open();
    for (let others = 0; others < 120; others++) {
      await one.foreign(OBJECTS);
      one.advance(1_000);
    }
    one.advance(3 * 3_600_000);
    await one.lost("after");
    await one.pass();
    expect(await passesOf(one)).toMatchObject([{ complete: true, pages: 1 }]);
  });

  it("leaves out what it showed before: nothing that it doesn't show is believed to be missing", async () => {
    await open({ account: { isExclusive: false } });
    const [first = "", second = ""] = await one.lostTogether("after", "before");
    await one.pass();
    await one.rule({ listDrop: 1 }, { endpoint: "list" });
    one.settle();
    for (const gate of await one.passes()) {
      expect(gate).toMatchObject({
        waitsFor: "incomplete",
        waitsWhy: expect.stringContaining("missing"),
      });
    }
    expect(await one.statuses(first, second)).toEqual(["unconfirmed", "unconfirmed"]);
    await one.control("DELETE", "/rules");
    await one.passes();
    expect(await one.statuses(first, second)).toEqual(["awaiting_payment", "submitting"]);
  });

  it("repeats rows and moves along while it is read: each order counts once", async () => {
    await open();
    await one.rule({ listDuplicate: 1 }, { endpoint: "list" });
    const ids = await one.lostTogether("after", "before");
    one.settle();
    await one.passes();
    expect(await one.statuses(...ids)).toEqual(["awaiting_payment", "submitting"]);
  });

  it.each([
    ["the note", ["note"], "awaiting_payment"],
    ["whether it is a mock", ["isMock"], "awaiting_payment"],
    ["quantities", ["quantity"], "unconfirmed"],
  ])("hides %s: counted only where nothing else can be meant", async (_, omit, status) => {
    await open();
    await one.rule({ omit }, { endpoint: "list" });
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status });
    if (status === "unconfirmed") {
      expect(await one.gate()).toMatchObject({ waitsFor: "person" });
      expect(await one.page(orderId)).toMatchObject({
        evidence: { candidates: [{ match: "unclear" }] },
      });
    }
  });

  it("hides whether it is a mock, and both kinds were sent: a person", async () => {
    await open();
    await one.rule({ omit: ["isMock"] }, { endpoint: "list" });
    await one.work(await one.place(PLAIN, { isMock: true }));
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.gate()).toMatchObject({ waitsFor: "person" });
  });
});
