import { afterAll, describe, expect, it } from "vitest";
import { askFor, messageOf } from "#lib/events/events.fixture.ts";
import { plainCodes } from "#lib/orders/orders.fixture.ts";
import { openSupplier } from "#lib/orders/simulated.fixture.ts";
import { dumpOf, spellingsOf } from "#prisma/dump.fixture.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { mailDossier } from "./mail-dossier.ts";
import { makeDossier } from "./make-dossier.ts";
import { readDossiers } from "./read-dossiers.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const request = { address: "203.0.113.9", correlationId: null };
const operator = testActor();
const admin = testActor("admin");
const isLeaked = (secret: string, text: string) =>
  spellingsOf(secret).some((spelling) => text.includes(spelling));

describe("makeDossier", () => {
  it("tells what happened to an order that came with codes, and none of them", async () => {
    const supplier = await openSupplier(db);
    const orderId = await supplier.place("test-codes-as-objects", { quantity: 2 });
    await supplier.work(orderId);
    await supplier.work(orderId);
    supplier.advance(7_000);
    const order = await supplier.work(orderId);
    const codes = (await plainCodes(supplier.ctx, order)).flat();
    expect(codes).toHaveLength(2);
    await db.order.update({ where: { id: orderId }, data: { customerRef: "CNRY-customer" } });

    const made = await makeDossier(supplier.ctx, admin, orderId, request);
    expect(made.data).toMatchObject({
      ...{ supplierOrderId: order.supplierOrderId, orderId, status: "completed" },
      items: [{ quantity: 2, codesReceived: 2 }],
      sends: [
        { kind: "create", outcome: "accepted" },
        { kind: "pay", outcome: "accepted" },
      ],
    });
    expect(made.data.lastAnswer).toBeDefined();
    expect(made.text).toContain(`Supplier order: ${order.supplierOrderId} (FoxReload)`);
    expect(made.text).toContain("codes received: 2 of 2");
    expect(made.text).toMatch(/UTC {2}create: accepted after \d+ ms/);

    const mailer = await askFor(db, { channel: "email", events: [] });
    const mail = { dossierId: made.id, endpointId: mailer, to: "support@supplier.example" };
    await mailDossier(supplier.ctx, operator, mail, request);
    const dump = JSON.stringify(made) + (await dumpOf(db));
    for (const code of codes) expect(isLeaked(code, dump)).toBe(false);
    expect(isLeaked("CNRY-customer", JSON.stringify(made))).toBe(false);
    expect(JSON.stringify(made)).not.toContain("••••\u00a0");
  });

  it("keeps answers from those who may not see them, whoever made it", async () => {
    const supplier = await openSupplier(db);
    const orderId = await supplier.place("test-plain-codes");
    await supplier.work(orderId);
    const { ctx } = supplier;
    expect((await makeDossier(ctx, operator, orderId, request)).data.lastAnswer).toBeUndefined();
    await makeDossier(ctx, admin, orderId, request);
    const seen = async (actor: typeof admin) =>
      (await readDossiers(ctx, actor, orderId))?.rows.map(({ data }) => "lastAnswer" in data);
    expect(await seen(admin)).toEqual([true, false]);
    expect(await seen(operator)).toEqual([false, false]);
  });

  it("is refused to strangers, and of no order", async () => {
    const ctx = await testContext(db, scriptedSupplier());
    const { order } = await createOrder(db, ctx.account.id);
    const viewer = makeDossier(ctx, testActor("viewer"), order.id, request);
    await expect(viewer).rejects.toMatchObject({ code: "forbidden" });
    const none = makeDossier(ctx, operator, ctx.newId(), request);
    await expect(none).rejects.toMatchObject({ code: "not_found" });
    expect(await readDossiers(ctx, operator, "nonsense")).toBeNull();
  });
});

describe("mailDossier", () => {
  it("goes once, to that address, by that endpoint alone", async () => {
    const ctx = await testContext(db, scriptedSupplier());
    const { order } = await createOrder(db, ctx.account.id);
    await db.supplier.update({
      where: { id: ctx.account.id },
      data: { supportEmail: "support@supplier.example" },
    });
    const mailer = await askFor(db, { name: "Mail", channel: "email", events: [] });
    const hook = await askFor(db, { events: ["*"] });
    const { id: dossierId } = await makeDossier(ctx, operator, order.id, request);
    const mail = (facts: object = {}) => {
      const wish = { dossierId, endpointId: mailer, to: "desk@supplier.example", ...facts };
      return mailDossier(ctx, operator, wish, request);
    };
    expect(await mail({ to: "desk" })).toMatchObject({ problems: [{ path: "to", code: "email" }] });
    expect(await mail({ endpointId: hook })).toMatchObject({ kind: "invalid" });
    const results = await Promise.allSettled([mail(), mail()]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);

    const [event, ...others] = await db.outboundEvent.findMany({
      where: { type: "order.dossier", subject: order.id },
      include: { deliveries: true },
    });
    expect(others).toEqual([]);
    expect(event && messageOf(event).data).toMatchObject({
      ...{ dossierId, to: { address: "desk@supplier.example" } },
    });
    expect(event?.deliveries).toMatchObject([{ endpointId: mailer, state: "pending" }]);
    expect(await readDossiers(ctx, operator, order.id)).toMatchObject({
      rows: [{ id: dossierId, mailedTo: "desk@supplier.example", mail: { state: "pending" } }],
      may: { make: true },
      supportEmail: "support@supplier.example",
    });
    const viewer = await readDossiers(ctx, testActor("viewer"), order.id);
    expect(viewer).toMatchObject({ may: { make: false }, mailers: [] });
  });
});
