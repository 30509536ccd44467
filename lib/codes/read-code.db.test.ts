import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { findCode } from "./find-code.ts";
import { linkState } from "./hand-out-view.ts";
import { readCode } from "./read-code.ts";
import { parseComplaintFilter, readComplaints } from "./read-complaints.ts";
import { createCodes, createHandOut, createStockProduct } from "./stock.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const viewer = testActor("viewer");
const operator = testActor("operator");
const DAY_MS = 86_400_000;
const request = { address: "203.0.113.7", correlationId: "c1" };
const ids = { product: v7(), order: "", handOut: "", code: "", own: "", bad: [] as string[] };

beforeAll(async () => {
  const external = { supplierId: ctx.account.id, externalId: "x" };
  await createStockProduct(db, { id: ids.product, name: "Steam 5", region: "IN", ...external });
  const made = await createOrder(db, ctx.account.id, { supplierOrderId: "sup-1" });
  ids.order = made.order.id;
  ids.handOut = await createHandOut(db, "shop-7");
  const ofOrder = { stockProductId: ids.product, itemId: made.item.id, orderId: ids.order };
  const [code = ""] = await createCodes(db, 1, {
    ...ofOrder,
    state: "handed_out",
    customerRef: "shop-7",
    handOutId: ids.handOut,
    cost: "4.75",
    currency: "USD",
    blindIndex: ctx.sealer.blindIndex("AAAA-BBBB-CCCC"),
  });
  ids.code = code;
  [ids.own = ""] = await createCodes(db, 1, { stockProductId: ids.product });
  ids.bad = await createCodes(db, 3, { stockProductId: ids.product, state: "bad" });
  await db.claimLink.create({
    data: {
      id: v7(),
      handOutId: ids.handOut,
      secretHash: "secret-hash",
      pinHash: "pin-hash",
      createdAt: ctx.now(),
      actorName: "Asha Rao",
      expiresAt: new Date(ctx.now().getTime() + DAY_MS),
    },
  });
  await db.$transaction(async (tx) => {
    const note = (entry: Parameters<typeof appendAuditEntry>[3]) =>
      appendAuditEntry(tx, ctx, operator, entry);
    const details = { codeId: code, position: 0 };
    // As reveals were noted once, and one of another code beside it.
    const old = { action: "code.revealed", objectKind: "order", objectId: ids.order } as const;
    await note({ ...old, details, ...request });
    await note({ ...old, details: { codeId: ids.own }, ...request });
    const handedOut = { action: "code.handed_out", objectKind: "code", objectId: code } as const;
    await note({ ...handedOut, details: { way: "link" }, ...request });
    const made = { action: "claim_link.made", objectKind: "hand_out" } as const;
    await note({ ...made, objectId: ids.handOut, ...request });
    const marked = { action: "code.marked_bad", objectKind: "code", objectId: ids.own } as const;
    await note({ ...marked, reason: "not its story", ...request });
  });
  for (const [at, codeId] of ids.bad.entries()) {
    await db.codeComplaint.create({
      data: {
        id: v7(),
        codeId,
        kind: "wrong",
        evidence: `ticket ${at}`,
        openedAt: ctx.now(),
        openedBy: "Asha Rao",
        windowEndsAt: new Date(ctx.now().getTime() + (3 - at) * DAY_MS),
        ...(at === 2 && { closedAt: ctx.now(), closedBy: "Asha Rao", outcome: "refunded" }),
      },
    });
  }
});

describe("readCode", () => {
  it("tells everything but what the code is", async () => {
    const code = await readCode(ctx, viewer, ids.code);
    expect(code).toMatchObject({
      id: ids.code,
      mask: "•••• 1234",
      state: "handed_out",
      productName: "Steam 5",
      region: "IN",
      supplierName: "FoxReload",
      order: { id: ids.order, supplierOrderId: "sup-1", item: 0 },
      import: null,
      customerRef: "shop-7",
      cost: "4.75",
      currency: "USD",
      available: 1,
      handOut: {
        customerRef: "shop-7",
        way: "link",
        codes: 1,
        links: [{ state: "open", hasPin: true, createdBy: "Asha Rao", wrongTries: 0 }],
      },
      may: { handOut: false, mark: false },
    });
    const storedAt = Date.parse(code?.storedAt ?? "");
    expect(Date.parse(code?.windows?.missing ?? "") - storedAt).toBe(14 * DAY_MS);
    expect(Date.parse(code?.windows?.defective ?? "") - storedAt).toBe(60 * DAY_MS);
    const text = JSON.stringify(code);
    const { sealed, blindIndex } = await db.code.findUniqueOrThrow({ where: { id: ids.code } });
    for (const secret of [sealed, blindIndex, "secret-hash", "pin-hash"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("tells its own story, from wherever it was noted", async () => {
    const code = await readCode(ctx, viewer, ids.code);
    expect(code?.history.map(({ action, actor }) => [action, actor])).toEqual([
      ["code.revealed", "Asha Rao"],
      ["code.handed_out", "Asha Rao"],
      ["claim_link.made", "Asha Rao"],
    ]);
    expect((await readCode(ctx, viewer, ids.own))?.history).toMatchObject([
      { action: "code.marked_bad", reason: "not its story" },
    ]);
  });

  it("knows where codes of our own came from, and that nobody hears a complaint", async () => {
    expect(await readCode(ctx, viewer, ids.own)).toMatchObject({
      order: null,
      import: { source: "stock.csv" },
      windows: null,
      handOut: null,
    });
  });

  it("is null for what is none", async () => {
    expect(await readCode(ctx, viewer, v7())).toBeNull();
    expect(await readCode(ctx, viewer, "../etc")).toBeNull();
  });

  it("says what became of a link", () => {
    const now = ctx.now();
    const later = new Date(now.getTime() + 1);
    const link = { openedAt: null, revokedAt: null, expiresAt: later, wrongTries: 0 };
    expect(linkState(link, now)).toBe("open");
    expect(linkState({ ...link, expiresAt: now }, now)).toBe("expired");
    expect(linkState({ ...link, wrongTries: 5 }, now)).toBe("locked");
    expect(linkState({ ...link, revokedAt: now, wrongTries: 5 }, now)).toBe("revoked");
    expect(linkState({ ...link, openedAt: now }, now)).toBe("opened");
  });
});

describe("readComplaints", () => {
  const read = (params: Record<string, string> = {}) =>
    readComplaints(ctx, viewer, parseComplaintFilter(new URLSearchParams(params)));

  it("has the one whose time runs out first on top, page by page", async () => {
    const { rows } = await read();
    expect(rows.map(({ evidence }) => evidence)).toEqual(["ticket 1", "ticket 0"]);
    expect(rows[0]).toMatchObject({ productName: "Steam 5", kind: "wrong", state: "bad" });
    const after = `${rows[0]?.windowEndsAt}~${rows[0]?.id}`;
    expect((await read({ after })).rows).toHaveLength(1);
    expect((await read({ after: "junk" })).rows).toHaveLength(2);
  });

  it("shows closed ones when asked", async () => {
    expect((await read({ show: "closed" })).rows).toMatchObject([
      { evidence: "ticket 2", outcome: "refunded", closedBy: "Asha Rao" },
    ]);
  });
});

describe("findCode", () => {
  const find = (value: string) => findCode(ctx, operator, value, request);
  const noted = () =>
    db.auditEntry.findMany({ where: { action: "code.searched" }, orderBy: { seq: "asc" } });

  it("finds exactly the value, and notes each search without it", async () => {
    expect(await find(" AAAA-BBBB-CCCC\n")).toMatchObject([{ id: ids.code, state: "handed_out" }]);
    expect(await find("AAAA-BBBB")).toEqual([]);
    const entries = await noted();
    expect(entries).toMatchObject([
      { objectKind: "code", objectId: ids.code, details: { found: 1 }, address: "203.0.113.7" },
      { objectKind: "code", objectId: "none", details: { found: 0 } },
    ]);
    expect(JSON.stringify(entries, (_, value) => String(value))).not.toContain("AAAA");
  });

  it("finds what a later answer showed", async () => {
    await db.codeConflict.create({
      data: {
        id: v7(),
        codeId: ids.own,
        sealed: "v2|k1|n|c|t",
        blindIndex: ctx.sealer.blindIndex("LATER"),
        mask: "••••",
        storedAt: ctx.now(),
      },
    });
    expect(await find("LATER")).toMatchObject([{ id: ids.own }]);
  });

  it("answers nobody whose search can't be noted, and nobody who may not", async () => {
    const before = (await noted()).length;
    const forgetful = { ...ctx, now: () => new Date(Number.NaN) };
    await expect(findCode(forgetful, operator, "AAAA-BBBB-CCCC", request)).rejects.toThrow();
    await expect(findCode(ctx, viewer, "AAAA-BBBB-CCCC", request)).rejects.toThrow("codes.find");
    await expect(find("  ")).rejects.toMatchObject({ code: "invalid" });
    expect(await noted()).toHaveLength(before);
  });
});
