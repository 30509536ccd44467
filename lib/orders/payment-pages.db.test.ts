import { afterAll, expect, it } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { openOzzobit, PRODUCT, newOrder as sent } from "#lib/suppliers/ozzobit/ozzobit.fixture.ts";
import { dumpOf, spellingsOf } from "#prisma/dump.fixture.ts";
import { createProduct, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { supplierOrder } from "./observations.fixture.ts";
import { openPaymentPage, withPaymentPages } from "./open-payment-page.ts";
import { makeDue, place, REQUEST, whole } from "./orders.fixture.ts";
import { readOrder } from "./read-order.ts";
import { readPlaced } from "./read-placed.ts";
import { recordObservations } from "./record-observations.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

/** An order that was created at the stand-in, and waits there to be paid. */
async function ordered() {
  const { world, supplier } = await openOzzobit();
  const lines: string[] = [];
  const log = createLog("trace", [], (line) => lines.push(line));
  const ctx = { ...(await testContext(db, supplier)), log };
  const [item] = sent().items;
  const noteFields = [{ name: "walletAddress", type: "string", options: [] }];
  const facts = { externalId: PRODUCT.id, price: PRODUCT.fiatAmount, noteFields };
  const productId = await productOf(ctx.account.id, facts);
  const orderId = await place(
    ctx,
    { externalId: PRODUCT.id },
    { quantity: 2, lines: [{ productId, quantity: 2, note: item?.note ?? {} }] },
  );
  await workOnOrder(ctx, orderId);
  const order = await whole(db, orderId);
  const told = `https://pay.example.com/${order.supplierOrderId}`;
  return { world, ctx, lines, orderId, supplierOrderId: order.supplierOrderId ?? "", told };
}

async function productOf(supplierId: string, facts: { externalId: string }): Promise<string> {
  const { externalId } = facts;
  const known = await db.product.findFirst({ where: { supplierId, externalId } });
  return (known ?? (await createProduct(db, supplierId, facts))).id;
}

const keyOf = (...scopes: ("orders:write" | "orders:read")[]) =>
  ({ kind: "key", id: crypto.randomUUID(), name: "shop", scopes }) as const;

it("is opened by whoever may place orders, each look leaving its trace, and stands nowhere else", async () => {
  const { ctx, lines, orderId, told } = await ordered();
  expect(await openPaymentPage(ctx, testActor("operator"), orderId, REQUEST)).toBe(told);
  const trail = await db.auditEntry.findMany({ where: { objectId: orderId } });
  expect(trail.filter(({ action }) => action === "payment_page.opened")).toHaveLength(1);

  for (const role of ["finance", "viewer"] as const) {
    await expect(openPaymentPage(ctx, testActor(role), orderId, REQUEST)).rejects.toMatchObject({
      code: "forbidden",
    });
    const seen = await readOrder(ctx, testActor(role), orderId);
    expect(seen).toMatchObject({ isPaidElsewhere: true, may: { openPaymentPage: false } });
  }
  const seen = await readOrder(ctx, testActor("owner"), orderId);
  expect(seen).toMatchObject({ isPaidElsewhere: true, may: { openPaymentPage: true } });
  expect(seen?.lastAnswer).toBeDefined();

  const everywhere = [JSON.stringify(seen), lines.join("\n"), await dumpOf(db)].join("\n");
  expect(everywhere).toContain(orderId);
  // Its host, too: the rest of it is the order's id, which stands in many places.
  for (const spelling of [...spellingsOf(told), "pay.example.com"]) {
    expect(everywhere).not.toContain(spelling);
  }
});

it("isn't ours to pay where the page was never told of either, nor while the account isn't connected", async () => {
  const { ctx, orderId } = await ordered();
  const away = { ...ctx, suppliers: { ...ctx.suppliers, byId: () => null } };
  expect(await readOrder(away, testActor("owner"), orderId)).toMatchObject({
    ...{ isPaidElsewhere: true, hasPaymentPage: true, may: { openPaymentPage: true } },
  });
  await db.paymentPage.delete({ where: { orderId } });
  expect(await readOrder(ctx, testActor("owner"), orderId)).toMatchObject({
    ...{ isPaidElsewhere: true, hasPaymentPage: false, may: { openPaymentPage: false } },
  });
});

it("goes along with the order for a key that may place orders, and for no other", async () => {
  const { ctx, orderId, told } = await ordered();
  const order = await readPlaced(ctx, keyOf("orders:read"), orderId);
  const orders = order ? [order] : [];
  expect(await withPaymentPages(ctx, keyOf("orders:write"), orders)).toEqual([
    { ...order, paymentUrl: told },
  ]);
  expect(await withPaymentPages(ctx, keyOf("orders:read"), orders)).toEqual([order]);
  // A key that was lost keeps nobody from his orders.
  await db.paymentPage.update({ where: { orderId }, data: { sealed: "v2|gone|n|c|t" } });
  expect(await withPaymentPages(ctx, keyOf("orders:write"), orders)).toEqual([order]);
});

it("is forgotten once the order isn't waited for to be paid any more", async () => {
  const { world, ctx, orderId, supplierOrderId } = await ordered();
  expect(await db.paymentPage.count({ where: { orderId } })).toBe(1);
  world.book.setStatus(supplierOrderId, "PROCESSING");
  await makeDue(db, orderId);
  await workOnOrder(ctx, orderId);
  expect(await whole(db, orderId)).toMatchObject({ status: "processing" });
  expect(await db.paymentPage.count({ where: { orderId } })).toBe(0);
  expect(await openPaymentPage(ctx, testActor("owner"), orderId, REQUEST)).toBeNull();
  expect(await openPaymentPage(ctx, testActor("owner"), "no-order", REQUEST)).toBeNull();
});

it("is replaced by another one, and an answer that names none leaves it", async () => {
  const { ctx, orderId, supplierOrderId } = await ordered();
  const look = async (paymentUrl: string | null) => {
    const order = supplierOrder("awaiting_payment", { supplierOrderId, paymentUrl });
    const answer = { kind: "order", order } as const;
    await recordObservations(ctx, [
      { orderId, source: "look", answer, attemptId: null, leaseToken: null },
    ]);
    return openPaymentPage(ctx, testActor("owner"), orderId, REQUEST);
  };
  expect(await look(null)).toMatch("https://pay.example.com/");
  expect(await look("https://pay.example.com/second")).toBe("https://pay.example.com/second");
  const { sealed } = await db.paymentPage.findUniqueOrThrow({ where: { orderId } });
  await look("https://pay.example.com/second");
  expect(await db.paymentPage.findUnique({ where: { orderId } })).toMatchObject({ sealed });
});

it("is done without where it can't be sealed: the order is recorded all the same", async () => {
  const { ctx, lines, orderId, supplierOrderId } = await ordered();
  const ready = () => Promise.reject(new Error("a key is missing"));
  const paymentUrl = "https://pay.example.com/another";
  const order = supplierOrder("processing", { supplierOrderId, paymentUrl });
  await recordObservations({ ...ctx, sealer: { ...ctx.sealer, ready } }, [
    {
      ...{ orderId, source: "look", attemptId: null, leaseToken: null },
      answer: { kind: "order", order },
    },
  ]);
  expect(await whole(db, orderId)).toMatchObject({ status: "processing" });
  expect(lines.join()).toContain("payment pages can't be sealed");
  expect(lines.join()).not.toContain(paymentUrl);
});

it("is forgotten by a process that isn't connected to the account, too", async () => {
  const { ctx, orderId, supplierOrderId } = await ordered();
  const away = { ...ctx, suppliers: { ...ctx.suppliers, byId: () => null } };
  const answer = {
    kind: "order",
    order: supplierOrder("processing", { supplierOrderId }),
  } as const;
  await recordObservations(away, [
    { orderId, source: "list", answer, attemptId: null, leaseToken: null },
  ]);
  expect(await whole(db, orderId)).toMatchObject({ status: "processing" });
  expect(await db.paymentPage.count({ where: { orderId } })).toBe(0);
});

it("isn't kept of an account whose orders Keyhold pays: nobody is to pay twice", async () => {
  const ctx = await testContext(db, scriptedSupplier());
  const orderId = await place(ctx);
  const order = supplierOrder("awaiting_payment", { paymentUrl: "https://pay.example.com/x" });
  const answer = { kind: "order", order } as const;
  await recordObservations(ctx, [
    { orderId, source: "look", answer, attemptId: null, leaseToken: null },
  ]);
  expect(await whole(db, orderId)).toMatchObject({ status: "awaiting_payment" });
  expect(await db.paymentPage.count({ where: { orderId } })).toBe(0);
  expect(await readOrder(ctx, testActor("owner"), orderId)).toMatchObject({
    ...{ status: "awaiting_payment", isPaidElsewhere: false, hasPaymentPage: false },
  });
});
