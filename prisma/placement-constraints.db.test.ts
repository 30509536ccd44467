import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const { account, newId } = await testContext(db, scriptedSupplier());
const run = (statement: string) => db.$executeRawUnsafe(statement);
let orderId: string;

beforeEach(async () => {
  orderId = (await createOrder(db, account.id)).order.id;
});

describe("attempts", () => {
  type Facts = Partial<Parameters<typeof db.orderAttempt.create>[0]["data"]>;
  const attempt = (facts: Facts = {}) =>
    db.orderAttempt.create({
      data: { id: newId(), kind: "create", startedAt: new Date(), ...facts, orderId } as never,
    });
  const ended = (outcome: string) => ({ finishedAt: new Date(), outcome });

  it("are one at a time", async () => {
    await attempt();
    await expect(attempt({ kind: "pay" })).rejects.toMatchObject({ code: "P2002" });
    await db.orderAttempt.updateMany({ where: { orderId }, data: ended("unknown") });
    await attempt({ kind: "pay" });
  });

  it("create an order once, though they may be refused before and paid after", async () => {
    for (const outcome of ["refused", "unknown", "accepted"]) await attempt(ended(outcome));
    await expect(attempt(ended("accepted"))).rejects.toMatchObject({ code: "P2002" });
    for (const outcome of ["accepted", "accepted"])
      await attempt({ kind: "pay", ...ended(outcome) });
  });

  it("may be accepted beside the one that made the order: what they made is an orphan", async () => {
    for (const outcome of ["accepted", "orphaned", "orphaned"]) await attempt(ended(outcome));
  });

  const cleared = (resolution: string) => ({ resolution, resolvedAt: new Date() });

  it.each([
    ...["claimed", "not_created", "superseded", "given_up"].map((word) => [word, "unknown"]),
    ["not_created", "orphaned"],
    ["claimed", "accepted"],
    ["superseded", "refused"],
  ])("may be cleared up (%s) when %s", async (resolution = "", outcome = "") => {
    await attempt({ ...ended(outcome), ...cleared(resolution) });
  });

  it.each<[string, Facts]>([
    ["another resolution", { ...ended("unknown"), ...cleared("forgotten") }],
    ["a resolution without a time", { ...ended("unknown"), resolution: "claimed" }],
    ["a time without a resolution", { ...ended("unknown"), resolvedAt: new Date() }],
    ["a resolution while under way", cleared("claimed")],
    ["a resolution of a payment", { kind: "pay", ...ended("unknown"), ...cleared("claimed") }],
  ])("refuse %s", async (_, facts) => {
    await expect(attempt(facts)).rejects.toThrow("order_attempts_resolution");
  });

  it.each([
    ["another kind", { kind: "refund" }, "order_attempts_kind"],
    ["another outcome", ended("maybe"), "order_attempts_outcome"],
    ["an outcome without an end", { outcome: "accepted" }, "order_attempts_outcome"],
    ["an end without an outcome", { finishedAt: new Date() }, "order_attempts_outcome"],
  ])("refuse %s", async (_, facts, constraint) => {
    await expect(attempt(facts)).rejects.toThrow(constraint);
  });
});

describe("placement", () => {
  type MirrorFacts = Record<string, unknown>;
  const mirrored = (facts: MirrorFacts = {}) =>
    db.supplierOrder.create({
      data: {
        supplierOrderId: newId(),
        state: "paid",
        word: "paid",
        items: [],
        firstSeenAt: new Date(),
        lastSeenAt: new Date(),
        ...facts,
        supplierId: account.id,
      } as never,
    });
  const ours = () => ({ attribution: "ours", orderId, attributedAt: new Date() });

  it.each<[string, MirrorFacts, string]>([
    ["an id in capital letters", { supplierOrderId: "ORDER-1" }, "supplier_orders_id"],
    [
      "another attribution",
      { attribution: "mine", attributedAt: new Date() },
      "supplier_orders_attribution",
    ],
    [
      "ours without an order",
      { attribution: "ours", attributedAt: new Date() },
      "supplier_orders_ours",
    ],
    ["nobody's with an order", { orderId: "own" }, "supplier_orders_ours"],
    [
      "foreign with an order",
      { attribution: "foreign", attributedAt: new Date(), orderId: "own" },
      "supplier_orders_ours",
    ],
    ["an attribution without a time", { attribution: "foreign" }, "supplier_orders_attributed_at"],
    [
      "a time without an attribution",
      { attributedAt: new Date() },
      "supplier_orders_attributed_at",
    ],
  ])("a supplier order refuses %s", async (_, facts, constraint) => {
    const own = facts.orderId ? { orderId } : {};
    await expect(mirrored({ ...facts, ...own })).rejects.toThrow(constraint);
  });

  it("an order of ours owns one supplier order (I2)", async () => {
    await mirrored(ours());
    await expect(mirrored(ours())).rejects.toMatchObject({ code: "P2002" });
  });

  it("a supplier order is written down once an account", async () => {
    await mirrored({ supplierOrderId: "once" });
    await expect(mirrored({ supplierOrderId: "once" })).rejects.toMatchObject({ code: "P2002" });
  });

  it.each<[string, string]>([
    ["frozen_at = now()", "placement_gates_frozen"],
    ["next_pass_at = now()", "placement_gates_frozen"],
    ["waits_for = 'person'", "placement_gates_frozen"],
    ["frozen_at = now(), next_pass_at = now()", "placement_gates_frozen"],
    ["frozen_at = now(), next_pass_at = now(), waits_for = 'ever'", "placement_gates_waits_for"],
    ["lease_token = gen_random_uuid()", "placement_gates_lease"],
    ["lease_until = now()", "placement_gates_lease"],
  ])("a gate refuses %s", async (set, constraint) => {
    await db.placementGate.create({ data: { supplierId: account.id, fingerprint: newId() } });
    await expect(run(`update placement_gates set ${set}`)).rejects.toThrow(constraint);
  });

  it("a gate is one for each basket of an account, and keeps its passes", async () => {
    const key = { supplierId: account.id, fingerprint: newId() };
    await db.placementGate.create({ data: key });
    await expect(db.placementGate.create({ data: key })).rejects.toMatchObject({ code: "P2002" });
    const at = new Date();
    await db.gatePass.create({
      data: { id: newId(), ...key, startedAt: at, endedAt: at, pages: 1, seen: 0, complete: true },
    });
    await expect(
      run(`delete from placement_gates where fingerprint = '${key.fingerprint}'`),
    ).rejects.toThrow("gate_passes");
  });

  it.each([
    ["settling_ms = 999", "suppliers_settling"],
    ["settling_ms = 86400001", "suppliers_settling"],
    ["second_person_above = -0.01", "suppliers_second_person"],
  ])("an account refuses %s", async (set, constraint) => {
    await expect(run(`update suppliers set ${set}`)).rejects.toThrow(constraint);
  });

  it("a system signal is open once a key and subject, and may have been open before", async () => {
    const open = (facts: { clearedAt?: Date } = {}) =>
      db.systemSignal.create({
        data: { id: newId(), key: "orphans_many", subject: "one", openedAt: new Date(), ...facts },
      });
    await open({ clearedAt: new Date() });
    await open();
    await expect(open()).rejects.toMatchObject({ code: "P2002" });
    await open({ clearedAt: new Date() });
  });

  it("a capability is known once, a proposal made once an order", async () => {
    const capability = () =>
      db.supplierCapability.create({
        data: {
          supplierId: account.id,
          name: "x",
          value: 1,
          learntFrom: "probe",
          learntAt: new Date(),
        },
      });
    await capability();
    await expect(capability()).rejects.toMatchObject({ code: "P2002" });
    const proposal = () =>
      db.orderProposal.create({
        data: { orderId, reason: "why", actorId: newId(), actorName: "Asha", at: new Date() },
      });
    await proposal();
    await expect(proposal()).rejects.toMatchObject({ code: "P2002" });
  });
});
