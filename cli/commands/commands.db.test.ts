import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { doctor } from "./doctor.ts";
import { supplierSet } from "./supplier-set.ts";
import { supplierShow } from "./supplier-show.ts";
import { openTerminal } from "./typing.fixture.ts";

const { db, core, type, lastEntry, reset, drop } = await openTerminal();
afterAll(drop);

let supplierId: string;
beforeEach(async () => {
  supplierId = await reset();
});

const json = (out: string) => JSON.parse(out);

describe("doctor", () => {
  it("says that all is well", async () => {
    const { code, out } = await type(doctor, []);
    expect(code).toBe(0);
    expect(out).toMatch(/^Id {3}Result {2}Invariant\n/);
    expect(out).toContain("I15  ok");
    expect(out.trimEnd().endsWith("All of them hold.")).toBe(true);
  });

  it("names what is violated, and fails", async () => {
    const seenAt = new Date(Date.now() - 10 * 60_000);
    await db.supplierOrder.create({
      data: {
        supplierId,
        supplierOrderId: "lost",
        state: "awaiting_payment",
        word: "active",
        items: [],
        firstSeenAt: seenAt,
        lastSeenAt: seenAt,
      },
    });
    const { code, out } = await type(doctor, []);
    expect(code).toBe(1);
    expect(out).toContain("I16  1 violated  Every supplier order seen");
    expect(out).toMatch(/\nI16 {2}lost {2}seen at .*\n\nViolated: I16\.\n$/);
    const asJson = await type(doctor, ["--json"]);
    expect(asJson.code).toBe(1);
    expect(json(asJson.out)).toMatchObject({ ok: false, checks: expect.any(Array) });
    const checks = json(asJson.out).checks as { id: string; violations: { subject: string }[] }[];
    const violated = checks.filter(({ violations }) => violations.length > 0);
    expect(violated).toMatchObject([{ id: "I16", violations: [{ subject: "lost" }] }]);
  });
});

describe("supplier set", () => {
  it("sets what is given, leaves the rest, and is in the audit log", async () => {
    const config = {
      settlingMs: 900_000,
      secondPersonAbove: "250.5",
      capabilities: { create_is_free: true },
    };
    const { code, out, err } = await type(supplierSet, [
      "foxreload",
      "--json",
      "--config",
      JSON.stringify(config),
    ]);
    expect(code).toBe(0);
    expect(err).toContain("if creating an order does cost something");
    expect(json(out)).toMatchObject({
      slug: "foxreload",
      mode: "create_is_free",
      settlingMs: 900_000,
      isExclusive: false,
      secondPersonAbove: "250.5",
      capabilities: [{ name: "create_is_free", value: true, from: "person" }],
    });
    expect(await lastEntry()).toMatchObject({
      action: "supplier.configured",
      actorKind: "job",
      actorName: "command line",
      objectKind: "supplier",
      objectId: supplierId,
      details: { settlingMs: 900_000, secondPersonAbove: "250.5", create_is_free: true },
      before: { secondPersonAbove: null, create_is_free: null },
      after: { settlingMs: 900_000, secondPersonAbove: "250.5", create_is_free: true },
    });
    const back = { secondPersonAbove: null, capabilities: { create_is_free: null } };
    const again = await type(supplierSet, [
      "foxreload",
      "--json",
      "--config",
      JSON.stringify(back),
    ]);
    expect(json(again.out)).toMatchObject({
      mode: "create_may_charge",
      settlingMs: 900_000,
      secondPersonAbove: null,
      capabilities: [],
    });
  });

  it("ends the alert about the mode, once a person has decided", async () => {
    await db.systemSignal.create({
      data: { id: core.newId(), key: "mode_fell_back", subject: supplierId, openedAt: new Date() },
    });
    await type(supplierSet, ["foxreload", "--config", '{"isExclusive": true}']);
    expect(await db.systemSignal.count({ where: { clearedAt: null } })).toBe(1);
    await type(supplierSet, [
      "foxreload",
      "--config",
      '{"capabilities": {"create_is_free": false}}',
    ]);
    expect(await db.systemSignal.count({ where: { clearedAt: null } })).toBe(0);
  });

  it("warns of a short settling time", async () => {
    const { err } = await type(supplierSet, ["foxreload", "--config", '{"settlingMs": 60000}']);
    expect(err).toContain("under ten minutes of settling");
  });

  it.each([
    [["foxreload"], 2, "--config is missing"],
    [["foxreload", "--config", "{settlingMs: 1}"], 2, "--config isn't JSON"],
    [
      ["foxreload", "--config", '{"settling": 1}'],
      2,
      "There is no setting settling. There are: settlingMs,",
    ],
    [["foxreload", "--config", '{"settlingMs": 1}'], 2, "settlingMs has to be a whole number"],
    [["--config", '{"settlingMs": 600000}'], 2, "The supplier's slug is missing."],
    [["nobody", "--config", '{"settlingMs": 600000}'], 1, "There is no supplier called nobody."],
  ])("refuses %j and changes nothing", async (words, code, said) => {
    const entries = await db.auditEntry.count();
    const result = await type(supplierSet, words);
    expect(result).toMatchObject({ code, out: "", err: expect.stringContaining(said) });
    expect(await db.auditEntry.count()).toBe(entries);
    expect(await db.supplier.findFirst()).toMatchObject({ settlingMs: 600_000 });
  });
});

describe("supplier show", () => {
  it("shows settings, mode and capabilities with date and source", async () => {
    const learntAt = new Date("2026-01-02T03:04:05Z");
    await db.supplierCapability.create({
      data: { supplierId, name: "create_is_free", value: false, learntFrom: "answers", learntAt },
    });
    const { code, out } = await type(supplierShow, ["foxreload"]);
    expect(code).toBe(0);
    expect(out).toContain("FoxReload (foxreload)\nCreating may cost:");
    expect(out).toMatch(/settlingMs +600000 /);
    expect(out).toMatch(/schedule +learned +looks when/);
    expect(out).toMatch(/create_is_free +false +answers +2026-01-02T03:04:05\.000Z/);
  });

  it("says where nothing is known", async () => {
    const { out } = await type(supplierShow, ["foxreload"]);
    expect(out).toContain("None of its capabilities is known.");
  });
});
