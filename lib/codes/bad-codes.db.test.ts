import { afterAll, describe, expect, it } from "vitest";
import { KeyholdError } from "#lib/platform/errors.ts";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { closeComplaint } from "./close-complaint.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { markBad } from "./mark-bad.ts";
import { openComplaint } from "./open-complaint.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { actionsOf, codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";
import { unmarkBad } from "./unmark-bad.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const viewer = testActor("viewer");
const reason = "the shop says that it was used";
const evidence = "screenshot in ticket 17";
const DAY_MS = 86_400_000;

const mark = (codeId: string, more: object = {}, actor = operator) =>
  markBad(ctx, actor, { codeId, reason, ...more }, REQUEST);
const unmark = (codeId: string, actor = operator) =>
  unmarkBad(ctx, actor, { codeId, reason }, REQUEST);
const complain = (codeId: string, more: object = {}, actor = operator) =>
  openComplaint(ctx, actor, { codeId, kind: "defective", evidence, ...more }, REQUEST);
const refusal = (code: KeyholdError["code"]) => expect.objectContaining({ code });

async function handedOut(): Promise<string> {
  const { first } = await stockOf(ctx, ["XK7P-22QD-MM41"]);
  const input = { customerRef: "shop-1", way: "link", codeIds: [first] } as const;
  await handOutCodes(ctx, operator, { ...input, codeIds: [first] }, REQUEST);
  return first;
}

describe("markBad and unmarkBad", () => {
  it.each([
    ["available", () => stockOf(ctx, ["one"]).then(({ first }) => first)],
    ["reserved", () => stockOf(ctx, ["one"], { customerRef: "shop-1" }).then(({ first }) => first)],
    ["handed_out", handedOut],
  ] as const)("take a code that is %s there and back", async (state, make) => {
    const codeId = await make();
    const before = await codeOf(db, codeId);
    expect(before.state).toBe(state);
    expect(await mark(codeId)).toEqual({ complaintId: null });
    expect((await codeOf(db, codeId)).state).toBe("bad");
    await unmark(codeId);
    expect(await codeOf(db, codeId)).toEqual(before);
    expect((await trailOf(db, codeId)).slice(-2)).toMatchObject([
      { action: "code.marked_bad", reason, details: { from: state } },
      { action: "code.unmarked", reason, details: { to: state } },
    ]);
  });

  it("don't take back what the supplier made good for", async () => {
    const codeId = await handedOut();
    const { complaintId } = await mark(codeId, { complaint: { kind: "wrong", evidence } });
    await closeComplaint(
      ctx,
      operator,
      { complaintId: complaintId ?? "", outcome: "refunded" },
      REQUEST,
    );
    await expect(unmark(codeId)).rejects.toEqual(refusal("conflict"));
    expect((await codeOf(db, codeId)).state).toBe("bad");
  });

  it("mark what is over, too", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const [expired = ""] = await createCodes(db, 1, { stockProductId, state: "expired" });
    await mark(expired);
    expect((await codeOf(db, expired)).state).toBe("bad");
    const [over = ""] = await createCodes(db, 1, { stockProductId, state: "expired" });
    await expect(unmark(over)).rejects.toEqual(refusal("conflict"));
  });

  it("open a complaint at once, and drop it when the code turns out to be good", async () => {
    const codeId = await handedOut();
    const { complaintId } = await mark(codeId, { complaint: { kind: "wrong", evidence } });
    const complaint = () =>
      db.codeComplaint.findUniqueOrThrow({ where: { id: complaintId ?? "" } });
    expect(await complaint()).toMatchObject({ codeId, kind: "wrong", evidence, closedAt: null });
    await unmark(codeId);
    expect(await complaint()).toMatchObject({ outcome: "dropped", closedBy: "Asha Rao" });
    expect((await actionsOf(db, codeId)).slice(-4)).toEqual([
      "code.marked_bad",
      "complaint.opened",
      "code.unmarked",
      "complaint.closed",
    ]);
  });

  it("let one of many win", async () => {
    const codeId = await handedOut();
    const marks = await Promise.allSettled([mark(codeId), mark(codeId), mark(codeId)]);
    expect(marks.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const unmarks = await Promise.allSettled([unmark(codeId), unmark(codeId)]);
    const [lost] = unmarks.filter((one) => one.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(KeyholdError);
    expect(lost?.reason).toEqual(refusal("conflict"));
  });

  it("refuse strangers, viewers, codes that are elsewhere, and texts with the code in them", async () => {
    const codeId = await handedOut();
    await expect(mark(codeId, {}, viewer)).rejects.toEqual(refusal("forbidden"));
    await expect(unmark(codeId, viewer)).rejects.toEqual(refusal("forbidden"));
    await expect(unmark(codeId)).rejects.toEqual(refusal("conflict"));
    await expect(mark(ctx.newId())).rejects.toEqual(refusal("not_found"));
    await expect(unmark(ctx.newId())).rejects.toEqual(refusal("not_found"));
    const telling = { reason: "code:XK7P-22QD-MM41, says the shop" };
    await expect(mark(codeId, telling)).rejects.toEqual(refusal("invalid"));
    await expect(mark(codeId, { reason: "no" })).rejects.toEqual(refusal("invalid"));
    const badly = { complaint: { kind: "wrong", evidence: "it is\nXK7P-22QD-MM41\nand not good" } };
    await expect(mark(codeId, badly)).rejects.toEqual(refusal("invalid"));
    expect((await codeOf(db, codeId)).state).toBe("handed_out");
    const { id: stockProductId } = await createStockProduct(db);
    const [withheld = ""] = await createCodes(db, 1, { stockProductId, state: "withheld" });
    await expect(mark(withheld)).rejects.toEqual(refusal("conflict"));
  });

  it("bring no code of a failed order back into stock", async () => {
    const { first, orderId } = await stockOf(ctx, ["one"]);
    await mark(first);
    await db.order.update({
      where: { id: orderId },
      data: { status: "failed", finishedAt: ctx.now(), nextPollAt: null },
    });
    await expect(unmark(first)).rejects.toEqual(refusal("conflict"));
  });

  it("keep a code from the next customer", async () => {
    const { first, stockProductId } = await stockOf(ctx, ["one"]);
    await mark(first);
    const input = { customerRef: "shop-1", way: "link", stockProductId, quantity: 1 } as const;
    expect(await handOutCodes(ctx, operator, input, REQUEST)).toMatchObject({
      kind: "out_of_stock",
    });
  });
});

describe("openComplaint and closeComplaint", () => {
  const bad = async () => {
    const codeId = await handedOut();
    await mark(codeId);
    return codeId;
  };
  const close = (complaintId: string, more: object = {}, actor = operator) =>
    closeComplaint(ctx, actor, { complaintId, outcome: "refunded", ...more }, REQUEST);

  it.each([
    ["missing", 14],
    ["wrong", 14],
    ["defective", 60],
  ] as const)("%s: the supplier hears it for %i days", async (kind, days) => {
    const codeId = await bad();
    const { storedAt } = await codeOf(db, codeId);
    const id = await complain(codeId, { kind });
    const complaint = await db.codeComplaint.findUniqueOrThrow({ where: { id } });
    expect(complaint.windowEndsAt.getTime() - storedAt.getTime()).toBe(days * DAY_MS);
    expect((await trailOf(db, codeId)).at(-1)).toMatchObject({
      action: "complaint.opened",
      details: { complaintId: id, kind },
    });
  });

  it("is over once, with what became of it", async () => {
    const codeId = await bad();
    const complaintId = await complain(codeId);
    const closing = await Promise.allSettled([
      close(complaintId, { note: "credited" }),
      close(complaintId, { note: "credited" }),
    ]);
    expect(closing.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.codeComplaint.findUnique({ where: { id: complaintId } })).toMatchObject({
      outcome: "refunded",
      outcomeNote: "credited",
      closedBy: "Asha Rao",
      closedAt: ctx.now(),
    });
    // The next one may be opened now.
    expect(await complain(codeId)).not.toBe(complaintId);
  });

  it("is open once a code", async () => {
    const codeId = await bad();
    const opened = await Promise.allSettled([complain(codeId), complain(codeId)]);
    expect(opened.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("refuses viewers, strangers, good codes, own and mock ones, and telling texts", async () => {
    const codeId = await bad();
    await expect(complain(codeId, {}, viewer)).rejects.toEqual(refusal("forbidden"));
    await expect(complain(ctx.newId())).rejects.toEqual(refusal("not_found"));
    await expect(complain(await handedOut())).rejects.toEqual(refusal("conflict"));
    const telling = { evidence: 'they typed "XK7P-22QD-MM41".' };
    await expect(complain(codeId, telling)).rejects.toEqual(refusal("invalid"));
    const { id: stockProductId } = await createStockProduct(db);
    const [own = ""] = await createCodes(db, 1, { stockProductId, state: "bad" });
    await expect(complain(own)).rejects.toEqual(refusal("conflict"));
    const mock = await stockOf(ctx, ["one"], { isMock: true });
    await mark(mock.first);
    await expect(complain(mock.first)).rejects.toEqual(refusal("conflict"));
    await expect(close(ctx.newId())).rejects.toEqual(refusal("not_found"));
    const complaintId = await complain(codeId);
    await expect(close(complaintId, {}, viewer)).rejects.toEqual(refusal("forbidden"));
    const note = "XK7P-22QD-MM41";
    await expect(close(complaintId, { note })).rejects.toEqual(refusal("invalid"));
  });
});
