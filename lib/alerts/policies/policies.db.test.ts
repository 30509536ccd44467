import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { askFor } from "#lib/events/events.fixture.ts";
import { createUser, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { deletePolicy } from "./delete-policy.ts";
import { movePolicy } from "./move-policy.ts";
import { MINUTE, openAlert, plannedOf, policyOf } from "./policies.fixture.ts";
import { readPolicies } from "./read-policies.ts";
import { readRecipients } from "./read-recipients.ts";
import { type PolicyEdit, savePolicy } from "./save-policy.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());
const admin = testActor("admin");
const request = { address: "203.0.113.9", correlationId: null };
const pager = await askFor(db, { name: "Pager", events: [] });
const mail = await askFor(db, { name: "Mail", channel: "email", events: [] });
const person = (await createUser(db, { name: "Ravi" })).id;

beforeEach(async () => {
  await db.escalationPolicy.updateMany({ data: { deletedAt: new Date() } });
  await db.alert.updateMany({
    data: { state: "resolved", resolvedAt: new Date(), resolution: "cleared", nextNoticeAt: null },
  });
});

const save = (edit: PolicyEdit, actor = admin) => savePolicy(ctx, actor, edit, request);
async function saved(edit: PolicyEdit): Promise<{ id: string; version: string }> {
  const result = await save(edit);
  if (result.kind !== "saved") throw new Error(JSON.stringify(result.problems));
  return find(result.id);
}
async function find(id: string): Promise<{ id: string; version: string }> {
  const row = (await readPolicies(ctx, admin)).rows.find((policy) => policy.id === id);
  if (!row) throw new Error("The policy isn't there.");
  return { id, version: row.version };
}
const namesInOrder = async () => (await readPolicies(ctx, admin)).rows.map(({ name }) => name);

describe("savePolicy", () => {
  it("keeps what was wished, and tells it again as it was", async () => {
    const quiet = { from: 1320, to: 420, timeZone: "Asia/Kolkata", floor: "critical" } as const;
    const wish = policyOf(
      [
        [0, pager],
        [15, mail, person],
      ],
      {
        ...{ name: "On call", kinds: ["stalled", "stalled"], severityFloor: "info" },
        ...{ repeatAfterMs: 30 * MINUTE, repeats: 2, quiet },
      },
    );
    const { id } = await saved(wish);
    const { rows, may } = await readPolicies(ctx, testActor("viewer"));
    expect(may).toEqual({ configure: false });
    expect(rows).toMatchObject([
      {
        ...{ id, name: "On call", kinds: ["stalled"], severityFloor: "info", quiet },
        ...{ repeatAfterMs: 30 * MINUTE, repeats: 2 },
        steps: [
          { afterMs: 0, endpoint: { id: pager, name: "Pager" }, state: "well", user: null },
          { afterMs: 15 * MINUTE, endpoint: { id: mail }, user: { id: person, name: "Ravi" } },
        ],
      },
    ]);
    expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(1);
  });

  it("says what can't be", async () => {
    await saved(policyOf([[0, pager]], { name: "Nights" }));
    const problems = async (edit: PolicyEdit) => {
      const result = await save(edit);
      return result.kind === "invalid"
        ? result.problems.map(({ path, code }) => `${path} ${code}`)
        : [];
    };
    expect(await problems(policyOf([[0, pager]], { name: "nights" }))).toEqual(["name taken"]);
    expect(await problems(policyOf([]))).toEqual(["steps required"]);
    expect(await problems(policyOf([[0, ctx.newId()]]))).toEqual(["steps.0.endpointId gone"]);
    expect(await problems(policyOf([[0, pager, person]]))).toEqual(["steps.0.userId no_mail"]);
    expect(await problems(policyOf([[0, mail, ctx.newId()]]))).toEqual(["steps.0.userId gone"]);
    expect(
      await problems(
        policyOf([
          [5, pager],
          [1, pager],
        ]),
      ),
    ).toEqual(["steps.1.afterMs before_last"]);
    expect(await problems(policyOf([[0, pager]], { repeats: 1 }))).toEqual([
      "repeatAfterMs required",
    ]);
    const quiet = { from: 60, to: 60, timeZone: "Mars/Base" };
    expect((await problems(policyOf([[0, pager]], { quiet }))).join()).toContain("time_zone");
  });

  it("lets one of two editors win, and strangers not at all", async () => {
    const { id, version } = await saved(policyOf([[0, pager]]));
    const edit = (name: string) => save(policyOf([[0, pager]], { id, version, name }));
    const results = await Promise.allSettled([edit("one"), edit("two")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const role of ["operator", "viewer"] as const) {
      await expect(save(policyOf([[0, pager]]), testActor(role))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
  });
});

describe("readPolicies", () => {
  it("says which steps reach nobody as things are", async () => {
    const gone = (await createUser(db, { name: "Left" })).id;
    const off = await askFor(db, { name: "Down", events: [] });
    const poor = await askFor(db, { name: "Poor", events: [] });
    const steps = [
      [0, off],
      [1, poor],
      [2, mail, gone],
      [3, pager],
    ] satisfies Parameters<typeof policyOf>[0];
    await saved(policyOf(steps));
    const states = async () =>
      (await readPolicies(ctx, admin)).rows.flatMap(({ steps }) => steps.map((one) => one.state));
    expect(await states()).toEqual(["well", "well", "well", "well"]);
    const disabled = { disabledAt: new Date(), disabledWhy: "gone" };
    await db.endpoint.update({ where: { id: off }, data: disabled });
    await db.endpoint.update({ where: { id: poor }, data: { failures: 1 } });
    expect(await states()).toEqual(["off", "well", "well", "well"]);
    await db.endpoint.update({ where: { id: poor }, data: { failures: 2 } });
    await db.user.update({ where: { id: gone }, data: { disabledAt: new Date() } });
    expect(await states()).toEqual(["off", "failing", "person_gone", "well"]);
  });
});

describe("policies and the alerts that are open", () => {
  it("begins with whichever fits by now, and leaves what still fits alone", async () => {
    const alert = await openAlert(db, ctx.now());
    expect(await plannedOf(db, alert)).toMatchObject({ policyId: null, nextNoticeAt: null });
    const first = await saved(policyOf([[5, pager]], { name: "All", severityFloor: "info" }));
    const planned = await plannedOf(db, alert);
    expect(planned.policyId).toBe(first.id);
    expect(planned.nextNoticeAt).toEqual(new Date(ctx.now().getTime() + 5 * MINUTE));

    const second = await saved(policyOf([[1, mail]], { name: "Down", kinds: ["supplier_down"] }));
    expect(await plannedOf(db, alert)).toEqual(planned);
    await movePolicy(ctx, admin, { ...second, by: -1 }, request);
    expect(await namesInOrder()).toEqual(["Down", "All"]);
    expect((await plannedOf(db, alert)).policyId).toBe(second.id);
    await movePolicy(ctx, admin, { ...(await find(second.id)), by: -1 }, request);
    expect(await namesInOrder()).toEqual(["Down", "All"]);

    await deletePolicy(ctx, admin, await find(second.id), request);
    expect((await plannedOf(db, alert)).policyId).toBe(first.id);
    await deletePolicy(ctx, admin, await find(first.id), request);
    expect(await plannedOf(db, alert)).toMatchObject({ policyId: null, nextNoticeAt: null });
  });

  it("goes on with one that had come to its end, where there are more steps by now", async () => {
    const { id, version } = await saved(policyOf([[0, pager]], { name: "Short" }));
    const alert = await openAlert(db, ctx.now());
    const ended = { nextStep: 1, nextNoticeAt: null };
    await db.alert.update({ where: { id: alert }, data: ended });
    await save(policyOf([[0, mail]], { id, version, name: "Short" }));
    expect(await plannedOf(db, alert)).toMatchObject(ended);
    const longer = policyOf([
      [0, pager],
      [9, mail],
    ]);
    await saved({ ...longer, ...(await find(id)), name: "Short" });
    const planned = await plannedOf(db, alert);
    expect(planned.nextStep).toBe(1);
    expect(planned.nextNoticeAt?.getTime()).toBeGreaterThan(ctx.now().getTime());
  });

  it("throws for what is gone or changed", async () => {
    const { id, version } = await saved(policyOf([[0, pager]]));
    const conflict = deletePolicy(ctx, admin, { id, version: "x" }, request);
    await expect(conflict).rejects.toMatchObject({ code: "conflict" });
    await deletePolicy(ctx, admin, { id, version }, request);
    const gone = deletePolicy(ctx, admin, { id, version }, request);
    await expect(gone).rejects.toMatchObject({ code: "not_found" });
    const stranger = movePolicy(ctx, testActor(), { id, version, by: 1 }, request);
    await expect(stranger).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("readRecipients", () => {
  it("has endpoints that are there and people who are", async () => {
    const deleted = await askFor(db, { deletedAt: new Date() });
    const off = await askFor(db, { name: "Off", disabledAt: new Date(), disabledWhy: "gone" });
    const left = (await createUser(db, { disabledAt: new Date() })).id;
    const { endpoints, people } = await readRecipients(ctx, admin);
    expect(endpoints.find(({ id }) => id === off)?.isOn).toBe(false);
    expect(endpoints.map(({ id }) => id)).not.toContain(deleted);
    expect(people.map(({ id }) => id)).toContain(person);
    expect(people.map(({ id }) => id)).not.toContain(left);
    // A lead makes policies, but no endpoints.
    expect((await readRecipients(ctx, admin)).may.addEndpoint).toBe(true);
    expect((await readRecipients(ctx, testActor("lead"))).may.addEndpoint).toBe(false);
    await expect(readRecipients(ctx, testActor())).rejects.toMatchObject({ code: "forbidden" });
  });
});
