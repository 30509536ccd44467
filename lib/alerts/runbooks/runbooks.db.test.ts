import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readRunbook } from "./read-runbook.ts";
import { readRunbooks } from "./read-runbooks.ts";
import { restoreRunbook } from "./restore-runbook.ts";
import { saveRunbook } from "./save-runbook.ts";
import { shippedRunbook } from "./shipped-runbook.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const admin = testActor("admin");
const REQUEST = { address: "203.0.113.7", correlationId: "c-1" };

let kind: "stalled" | "slow" | "partial" | "pay_refused" | "engine_late";
const unused = ["stalled", "slow", "partial", "pay_refused", "engine_late"] as const;
let next = 0;
// The log of what was done can't be emptied: each test has a runbook of its own.
beforeEach(() => {
  kind = unused[next++] ?? "stalled";
});

const read = (locale: "en" | "hi" = "en") => readRunbook(ctx, testActor("viewer"), kind, locale);
const save = (markdown: string, version: number, locale = "en") =>
  saveRunbook(ctx, admin, { kind, locale, markdown, version }, REQUEST);
const restore = (version: number) =>
  restoreRunbook(ctx, admin, { kind, locale: "en", version }, REQUEST);
const trail = () =>
  db.auditEntry.findMany({ where: { objectId: `${kind}/en` }, orderBy: { seq: "asc" } });

describe("a runbook", () => {
  it("is the shipped one until somebody writes it anew, in that language", async () => {
    expect(await read()).toEqual({
      ...{ kind, markdown: await shippedRunbook(kind, "en"), isEdited: false, version: 0 },
      ...{ updatedBy: null, updatedAt: null },
    });
    const saved = await save("\r\nWait, then [look](action:look_now).\r\n", 0);
    expect(saved).toEqual({ kind: "saved", runbook: await read() });
    expect(await read()).toMatchObject({
      ...{ markdown: "Wait, then [look](action:look_now).", isEdited: true, version: 1 },
      ...{
        updatedBy: admin.kind === "user" ? admin.name : "",
        updatedAt: clock.now().toISOString(),
      },
    });
    expect(await read("hi")).toMatchObject({ isEdited: false, version: 0 });
    const { rows } = await readRunbooks(ctx, testActor("viewer"));
    expect(rows.find((row) => row.kind === kind)).toMatchObject({
      en: { isEdited: true, updatedBy: "Asha Rao" },
      hi: { isEdited: false, updatedBy: null },
    });
    expect(await trail()).toMatchObject([
      {
        action: "runbook.changed",
        objectKind: "runbook",
        actorName: "Asha Rao",
        address: REQUEST.address,
      },
    ]);
  });

  it("goes back to the shipped one, and counts its versions on", async () => {
    await save("Wait.", 0);
    await save("Wait longer.", 1);
    expect(await restore(2)).toMatchObject({ isEdited: false, version: 3 });
    expect(await db.runbook.count({ where: { kind } })).toBe(0);
    // Whoever still has the text of the second version can't write over what came after it.
    await expect(save("Mine.", 2)).rejects.toMatchObject({ code: "conflict" });
    await expect(save("Mine.", 1)).rejects.toMatchObject({ code: "conflict" });
    expect(await save("New.", 3)).toMatchObject({ runbook: { version: 4, markdown: "New." } });
    const shipped = await shippedRunbook(kind, "en");
    expect(await save(shipped, 4)).toMatchObject({ runbook: { isEdited: false, version: 5 } });
    expect((await trail()).map(({ action }) => action)).toEqual([
      ...["runbook.changed", "runbook.changed", "runbook.restored"],
      ...["runbook.changed", "runbook.restored"],
    ]);
  });

  it("is changed by one of many who saw the same", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => save(`By number ${index}.`, 0)),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(all.filter(({ status }) => status === "rejected")).toHaveLength(7);
    expect(await read()).toMatchObject({ version: 1 });
    expect(await trail()).toHaveLength(1);
  });

  it("is not changed by saving what it is, nor by what it can't be", async () => {
    expect(await save(await shippedRunbook(kind, "en"), 0)).toMatchObject({
      runbook: { version: 0, isEdited: false },
    });
    expect(await restore(0)).toMatchObject({ version: 0 });
    expect(await save("[Call off](action:call_off)", 0)).toEqual({
      kind: "invalid",
      problems: [{ code: "unknown_button", button: "call_off" }],
    });
    expect(await save("  ", 0)).toMatchObject({ kind: "invalid" });
    expect(await trail()).toEqual([]);
    expect(await db.runbook.count({ where: { kind } })).toBe(0);
  });

  it("is an admin's to change, and must be one that there is", async () => {
    const input = { kind, locale: "en", markdown: "Wait.", version: 0 };
    for (const role of ["operator", "viewer"] as const) {
      await expect(saveRunbook(ctx, testActor(role), input, REQUEST)).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(restoreRunbook(ctx, testActor(role), input, REQUEST)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    for (const wrong of [{ kind: "nonsense" }, { kind: "toString" }, { locale: "de" }]) {
      await expect(saveRunbook(ctx, admin, { ...input, ...wrong }, REQUEST)).rejects.toMatchObject({
        code: "not_found",
      });
    }
  });
});
