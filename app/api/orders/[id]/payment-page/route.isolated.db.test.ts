import { afterAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { SEALED_PAYMENT_PAGES } from "#lib/orders/sealed-payment-pages.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { GET } from "./route.ts";

const who = vi.hoisted(() => ({ actor: null as Actor | null }));
vi.mock("#app/_server/current-actor.ts", () => ({
  correlationId: async () => "payment-page-0001",
  currentActor: async () => who.actor,
}));

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());
Object.assign(globalThis, { keyholdRuntime: Promise.resolve(ctx as unknown as Runtime) });
const PAGE = "https://pay.example.com/o/1?token=abc";

async function unpaid(): Promise<string> {
  const { order } = await createOrder(db, ctx.account.id, { status: "awaiting_payment" });
  const sealed = ctx.sealer.seal(PAGE, SEALED_PAYMENT_PAGES.boundTo(order.id));
  const page = { orderId: order.id, sealed, blindIndex: "1", toldAt: new Date() };
  await db.paymentPage.create({ data: page });
  return order.id;
}

const visit = (id: string, headers: Record<string, string> = { "sec-fetch-site": "same-origin" }) =>
  GET(new Request(`https://ops.keyhold.example/api/orders/${id}/payment-page`, { headers }), {
    params: Promise.resolve({ id }),
  });

beforeEach(() => {
  who.actor = testActor("operator");
});

it("leads to the page, and leaves a trace without its address", async () => {
  const id = await unpaid();
  const response = await visit(id);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe(PAGE);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const trail = await db.auditEntry.findMany({ where: { objectId: id } });
  expect(trail).toMatchObject([{ action: "payment_page.opened", objectKind: "order" }]);
  expect(JSON.stringify(trail.map(({ details }) => details))).not.toContain("pay.example.com");
});

it("leads back to the order where it isn't waited for any more", async () => {
  const id = await unpaid();
  await db.order.update({ where: { id }, data: { status: "processing" } });
  const response = await visit(id);
  expect([response.status, response.headers.get("location")]).toEqual([303, `/orders/${id}`]);
  expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(0);
});

it("answers no HEAD, which would open the page and leave a trace of nobody's look", async () => {
  const id = await unpaid();
  const at = `https://ops.keyhold.example/api/orders/${id}/payment-page`;
  const headers = { "sec-fetch-site": "same-origin" };
  const response = await GET(new Request(at, { method: "HEAD", headers }), {
    params: Promise.resolve({ id }),
  });
  expect([response.status, response.headers.get("location")]).toEqual([405, null]);
  expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(0);
});

it.each([
  ["nobody", null, {}, 401],
  ["who may not place orders", testActor("viewer"), {}, 403],
  ["another site's page", testActor("owner"), { "sec-fetch-site": "cross-site" }, 403],
])("leads %s nowhere", async (_, actor, headers: Record<string, string>, status) => {
  who.actor = actor;
  const id = await unpaid();
  const response = await visit(id, headers);
  expect([response.status, response.headers.get("location")]).toEqual([status, null]);
  expect(await response.text()).not.toContain("pay.example.com");
  expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(0);
});
