import { afterAll, beforeEach, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { attributeProbeOrder } from "./attribute-probe-orders.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const core = systemCore(db, createLog("fatal", []));
let supplierId: string;

beforeEach(async () => {
  await db.supplierOrder.deleteMany();
  await db.placementGate.deleteMany();
  await db.supplier.deleteMany();
  ({ id: supplierId } = await db.supplier.create({
    data: { slug: "foxreload", kind: "foxreload", name: "FoxReload" },
  }));
});

const shown = (facts: Partial<SupplierOrder> = {}): SupplierOrder => ({
  supplierOrderId: "Mock-1",
  state: "awaiting_payment",
  word: "active",
  cancelReason: null,
  items: [{ productId: "p", quantity: 1, note: {}, error: null, codes: [] }],
  totalPrice: "1.00",
  currency: "USD",
  isMock: true,
  isPriceUnclear: false,
  paymentExpiresAt: null,
  paymentUrl: null,
  createdAt: null,
  redacted: null,
  ...facts,
});

const attribute = (facts?: Partial<SupplierOrder>) =>
  attributeProbeOrder(core, supplierId, shown(facts));
const row = () =>
  db.supplierOrder.findUniqueOrThrow({
    where: { supplierId_supplierOrderId: { supplierId, supplierOrderId: "mock-1" } },
  });

it("notes it as the probe's own, with the reason", async () => {
  await attribute();
  expect(await row()).toMatchObject({
    attribution: "foreign",
    attributedBy: "probe",
    reason: expect.stringContaining("mock order"),
    isMock: true,
    alertedAt: null,
  });
});

it("may be told again, and then follows the order's state", async () => {
  await attribute();
  const { attributedAt } = await row();
  await attribute({ supplierOrderId: "MOCK-1", state: "cancelled", word: "cancelled" });
  expect(await row()).toMatchObject({ attributedAt, state: "cancelled" });
  expect(await db.supplierOrder.count()).toBe(1);
});

it("clears up what an audit had taken for a lost order, and has its basket looked into", async () => {
  await attribute();
  const { fingerprint } = await row();
  await db.supplierOrder.updateMany({
    data: { attribution: null, attributedAt: null, alertedAt: new Date() },
  });
  const later = new Date(Date.now() + 60_000);
  await db.placementGate.create({
    data: {
      supplierId,
      fingerprint: fingerprint ?? "",
      frozenAt: new Date(),
      waitsFor: "person",
      nextPassAt: later,
    },
  });
  await attribute();
  expect(await row()).toMatchObject({ attribution: "foreign", alertedAt: null });
  const gate = await db.placementGate.findFirstOrThrow();
  expect(gate.nextPassAt?.getTime()).toBeLessThan(later.getTime());
});

it("leaves what is somebody's already", async () => {
  await attribute();
  await db.supplierOrder.updateMany({ data: { attribution: "predates", attributedBy: null } });
  await attribute();
  expect(await row()).toMatchObject({ attribution: "predates", attributedBy: null });
});
