import { afterAll, describe, expect, it } from "vitest";
import { openClaimLink } from "#lib/codes/open-claim-link.ts";
import type { Material } from "#lib/events/material.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type MaterialAsked, materialFor } from "./announced-codes.ts";
import { codes, supplierItem, supplierOrder } from "./observations.fixture.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const base = await testContext(db, scriptedSupplier(), clock);
const ctx = { ...base, consoleUrl: "https://ops.example.com/" };
const DAY_MS = 86_400_000;
const REQUEST = { address: null, correlationId: null };

type Facts = Parameters<typeof createOrder>[2];

/** Seen with so many of two codes; again with the other. */
async function orderOf(facts: Facts = {}) {
  const { order } = await createOrder(
    db,
    ctx.account.id,
    { customerRef: "customer-1", ...facts },
    { quantity: 2 },
  );
  const values = [`A-${order.id}`, `B-${order.id}`];
  const comes = (count: number, state: "completed" | "cancelled" = "completed") =>
    recordObservations(ctx, [
      {
        ...{ orderId: order.id, source: "look", attemptId: null, leaseToken: null },
        answer: {
          kind: "order",
          order: supplierOrder(state, {
            supplierOrderId: order.supplierOrderId ?? "",
            items: [supplierItem({ quantity: 2, codes: codes(...values.slice(0, count)) })],
          }),
        },
      },
    ]);
  return { id: order.id, values, comes };
}
type Order = Awaited<ReturnType<typeof orderOf>>;

async function aCompletedOrder(facts: Facts = {}): Promise<Order> {
  const order = await orderOf(facts);
  await order.comes(2);
  return order;
}

const ask = (order: Order, style: MaterialAsked["style"], deliveryId = ctx.newId()) =>
  materialFor(ctx, {
    ...{ orderId: order.id, style, deliveryId, endpointId: ctx.newId(), endpointName: "Shop" },
  });
const claim = (order: Order) => ask(order, "claim_link");

function urlOf(material: Material): string {
  return material.kind === "claim" ? material.url : expect.fail(material.kind);
}
function valuesOf(material: Material): string[] {
  if (material.kind !== "codes") expect.fail(material.kind);
  return [...material.codes.values()].flat().map(({ value }) => value);
}
async function open(url: string) {
  const { pathname, hash } = new URL(url);
  const asked = { id: pathname.split("/").at(-1), secret: hash.slice(1), pin: null };
  const opening = await openClaimLink(ctx, asked, REQUEST);
  return opening.kind === "shown" ? opening.codes.map(({ value }) => value) : opening.kind;
}
const stored = (order: Order) =>
  db.code.findMany({
    where: { orderId: order.id },
    include: { handOut: { include: { links: true } } },
    orderBy: { position: "asc" },
  });
const pushesOf = async (order: Order) => {
  const ids = (await stored(order)).map(({ id }) => id);
  return db.auditEntry.findMany({ where: { action: "code.pushed", objectId: { in: ids } } });
};

describe("the claim link that is told", () => {
  it("is one for all endpoints and tries, and opens the order's codes once", async () => {
    const order = await aCompletedOrder();
    const told = await Promise.all(Array.from({ length: 8 }, () => claim(order)));
    const urls = new Set([...told, await claim(order)].map(urlOf));
    expect(urls.size).toBe(1);
    const [url = ""] = urls;
    expect(url).toMatch(/^https:\/\/ops\.example\.com\/claim\/[0-9a-f-]{36}#[\w-]{43}$/);
    const given = await stored(order);
    expect(new Set(given.map(({ handOutId }) => handOutId)).size).toBe(1);
    expect(given[0]?.handOut).toMatchObject({ way: "link", customerRef: "customer-1" });
    expect(given[0]?.handOut?.links).toHaveLength(1);
    expect(given.map(({ revealedAt }) => revealedAt)).toEqual([null, null]);

    expect(await open(url)).toEqual(order.values);
    expect(await open(url)).toBe("opened");
    expect(urlOf(await claim(order))).toBe(url);
  });

  it("stands sealed where it is kept", async () => {
    const order = await aCompletedOrder();
    const url = urlOf(await claim(order));
    const row = await db.announcedLink.findUniqueOrThrow({ where: { orderId: order.id } });
    expect(row.sealed).not.toContain(new URL(url).hash.slice(1));
    const moved = `announced_links|sealed|${ctx.newId()}`;
    await expect(ctx.sealer.open(row.sealed, moved)).rejects.toThrow();
  });

  it("opens what comes later too, while nobody has opened it; then that has one of its own", async () => {
    const [early, late] = [await orderOf(), await orderOf()];
    for (const order of [early, late]) await order.comes(1);
    const [first, other] = [urlOf(await claim(early)), urlOf(await claim(late))];
    await early.comes(2);
    expect(urlOf(await claim(early))).toBe(first);
    expect(await open(first)).toEqual(early.values);

    expect(await open(other)).toEqual(late.values.slice(0, 1));
    await late.comes(2);
    const rest = urlOf(await claim(late));
    expect(rest).not.toBe(other);
    expect(await open(rest)).toEqual(late.values.slice(1));
  });

  it("is made anew where it expired unopened, and not where somebody took it back", async () => {
    const [order, other] = [await aCompletedOrder(), await aCompletedOrder()];
    const before = urlOf(await claim(order));
    urlOf(await claim(other));
    await db.claimLink.updateMany({
      where: { handOut: { codes: { some: { orderId: other.id } } } },
      data: { revokedAt: clock.now() },
    });
    expect(await claim(other)).toEqual({ kind: "none", why: "revoked" });
    clock.advance(8 * DAY_MS);
    const after = urlOf(await claim(order));
    expect(after).not.toBe(before);
    expect(await open(before)).toBe("expired");
    expect(await open(after)).toEqual(order.values);
  });
});

describe("codes that are told", () => {
  it("are handed out and noted before they leave, once a delivery", async () => {
    const order = await aCompletedOrder();
    const [first, second] = [ctx.newId(), ctx.newId()];
    const told = await Promise.all([ask(order, "codes", first), ask(order, "codes", second)]);
    told.push(await ask(order, "codes", first));
    for (const material of told) expect(valuesOf(material)).toEqual(order.values);
    const [code, other] = await stored(order);
    expect(code).toMatchObject({ state: "handed_out", revealedAt: clock.now() });
    expect(code?.handOut).toMatchObject({ way: "push", links: [] });
    expect(code?.handOutId).toBe(other?.handOutId);
    const notes = (await pushesOf(order)).map(({ objectId, details }) => ({
      ...{ objectId, ...(details as { deliveryId: string; endpoint: string }) },
    }));
    expect(notes).toHaveLength(4);
    for (const deliveryId of [first, second]) {
      const those = notes.filter((note) => note.deliveryId === deliveryId);
      expect(those.map(({ objectId }) => objectId).sort()).toEqual([code?.id, other?.id].sort());
      expect(those[0]).toMatchObject({ endpoint: "Shop" });
    }
    expect(JSON.stringify(notes)).not.toContain(order.values[0]);
  });

  it("don't leave where noting them fails", async () => {
    const order = await aCompletedOrder();
    await db.$executeRaw`alter table audit_entries add constraint broken check (action <> 'code.pushed') not valid`;
    try {
      await expect(ask(order, "codes")).rejects.toThrow("broken");
      expect((await stored(order)).map(({ state }) => state)).toEqual(["reserved", "reserved"]);
    } finally {
      await db.$executeRaw`alter table audit_entries drop constraint broken`;
    }
  });

  it("go beside a link of the same hand-out", async () => {
    const [order, other] = [await aCompletedOrder(), await aCompletedOrder()];
    const url = urlOf(await claim(order));
    expect(valuesOf(await ask(order, "codes"))).toEqual(order.values);
    expect(await open(url)).toEqual(order.values);
    await ask(other, "codes");
    expect(await open(urlOf(await claim(other)))).toEqual(other.values);
  });

  it("are those that have come by then, without what is bad", async () => {
    const order = await orderOf();
    await order.comes(1);
    expect(valuesOf(await ask(order, "codes"))).toEqual(order.values.slice(0, 1));
    await order.comes(2);
    expect(valuesOf(await ask(order, "codes"))).toEqual(order.values);
    await db.code.updateMany({
      where: { orderId: order.id, position: 0 },
      data: { state: "bad" },
    });
    expect(valuesOf(await ask(order, "codes"))).toEqual(order.values.slice(1));
  });
});

it("leaves an endpoint that asks for some products without the codes of others", async () => {
  const { order, item } = await createOrder(db, ctx.account.id, { customerRef: "customer-1" });
  const { note: _, ...line } = item;
  await db.orderItem.create({
    data: { ...line, id: ctx.newId(), position: 1, externalId: "product_y" },
  });
  const items = ["product_x", "product_y"].map((productId) =>
    supplierItem({ productId, codes: codes(`${productId}-${order.id}`) }),
  );
  const { supplierOrderId } = order;
  const shown = supplierOrder("completed", { supplierOrderId: supplierOrderId ?? "", items });
  const answer = { kind: "order", order: shown } as const;
  await recordObservations(ctx, [
    { orderId: order.id, source: "look", answer, attemptId: null, leaseToken: null },
  ]);
  const [product] = await db.$queryRaw<{ id: string }[]>`
    select stock_product_of(${ctx.account.id}::uuid, 'product_y') as id`;
  const some = (style: MaterialAsked["style"]) =>
    materialFor(ctx, {
      ...{ orderId: order.id, style, deliveryId: ctx.newId(), endpointId: ctx.newId() },
      ...{ endpointName: "Shop", productIds: [product?.id ?? ""] },
    });
  expect(await some("claim_link")).toEqual({ kind: "none", why: "other_products" });
  expect(valuesOf(await some("codes"))).toEqual([`product_y-${order.id}`]);
  const states = await db.code.findMany({ where: { orderId: order.id } });
  expect(states.map(({ state }) => state).sort()).toEqual(["handed_out", "reserved"]);
});

describe.each(["claim_link", "codes"] as const)("nothing is told by %s", (style) => {
  it("where somebody gave the codes otherwise", async () => {
    const order = await aCompletedOrder();
    const handOutId = ctx.newId();
    await db.handOut.create({
      data: {
        ...{ id: handOutId, customerRef: "customer-1", way: "slip", createdAt: clock.now() },
        ...{ actorKind: "user", actorId: ctx.newId(), actorName: "Asha" },
      },
    });
    await db.code.updateMany({
      where: { orderId: order.id },
      data: { state: "handed_out", handOutId },
    });
    expect(await ask(order, style)).toEqual({ kind: "none", why: "given_otherwise" });
  });

  it("of an order that came to nothing, or brought nothing", async () => {
    const cancelled = await orderOf();
    await cancelled.comes(1, "cancelled");
    expect(await ask(cancelled, style)).toEqual({ kind: "none", why: "withheld" });
    const empty = await orderOf();
    await empty.comes(0);
    expect(await ask(empty, style)).toEqual({ kind: "none", why: "no_codes" });
    expect(await pushesOf(cancelled)).toEqual([]);
  });

  it("of an order that names no customer: its codes are stock, and stay there", async () => {
    const order = await aCompletedOrder({ customerRef: null });
    expect(await ask(order, style)).toEqual({ kind: "none", why: "for_stock" });
    expect((await stored(order)).map(({ state }) => state)).toEqual(["available", "available"]);
  });

  it("where the codes of somebody else are kept for another", async () => {
    const order = await aCompletedOrder();
    await db.code.updateMany({
      where: { orderId: order.id },
      data: { customerRef: "somebody else" },
    });
    expect(await ask(order, style)).toEqual({ kind: "none", why: "no_codes" });
  });
});
