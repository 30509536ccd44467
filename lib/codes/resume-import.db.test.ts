import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { Crash, crashingDb } from "./crashing-db.fixture.ts";
import { openImports, REQUEST } from "./import.fixture.ts";
import { readImportProblems } from "./read-imports.ts";
import { resumeImport } from "./resume-import.ts";
import { stopImport } from "./stop-import.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const { ctx, actor, file, begin, begun, take, rowsOf, stored, values, trail } =
  await openImports(db);
const code = (problem: string) => expect.objectContaining({ code: problem });

describe("again and again", () => {
  it("a call that comes twice takes its rows once", async () => {
    const wanted = await begun(10);
    const rows = [...rowsOf(5), { row: 5, code: "" }];
    const answers = await Promise.all([
      take(wanted.id, rows),
      take(wanted.id, rows),
      take(wanted.id, rows),
    ]);
    expect(answers.map(({ problems }) => problems.length).sort()).toEqual([0, 0, 1]);
    expect(await take(wanted.id, rows)).toMatchObject({
      state: "open",
      done: 5,
      refused: 1,
      problems: [],
    });
    expect(await stored(wanted.id)).toHaveLength(5);
  });

  it("another file in the place of the first is noticed", async () => {
    const wanted = file(3);
    await begin(wanted);
    await take(wanted.id, rowsOf(2));
    await expect(take(wanted.id, [{ row: 1, code: "another" }])).rejects.toEqual(code("conflict"));
    await expect(take(wanted.id, rowsOf(2, 5))).rejects.toEqual(code("conflict"));
    expect(await stored(wanted.id)).toHaveLength(2);
    await expect(resumeImport(ctx, actor, wanted.id, "f".repeat(64), REQUEST)).rejects.toEqual(
      code("conflict"),
    );
  });

  it("stopped, it takes nothing; resumed, it goes on where it was", async () => {
    const wanted = await begun(4);
    await take(wanted.id, [...rowsOf(1), { row: 1, code: "" }]);
    await stopImport(ctx, actor, wanted.id, REQUEST);
    await stopImport(ctx, actor, wanted.id, REQUEST);
    expect(await take(wanted.id, rowsOf(2, 2))).toMatchObject({
      state: "stopped",
      done: 1,
      refused: 1,
    });
    expect(await stored(wanted.id)).toHaveLength(1);
    const other = { ...wanted, id: ctx.newId() };
    expect(await begin(other)).toMatchObject({ kind: "seen_before", import: { id: wanted.id } });
    expect(await begin({ ...other, anew: true })).toMatchObject({ kind: "begun" });
    await stopImport(ctx, actor, other.id, REQUEST);

    const resumed = await resumeImport(ctx, actor, wanted.id, wanted.digest, REQUEST);
    expect(resumed).toMatchObject({ from: 2, import: { done: 1, refused: 1, stoppedAt: null } });
    expect(await take(wanted.id, rowsOf(2, 2))).toMatchObject({
      state: "finished",
      done: 3,
      refused: 1,
    });
    expect(await take(wanted.id, rowsOf(2, 2))).toMatchObject({ state: "finished", problems: [] });
    expect(await begin({ ...other, id: ctx.newId() })).toMatchObject({ kind: "seen_before" });
    await stopImport(ctx, actor, wanted.id, REQUEST);
    await expect(resumeImport(ctx, actor, wanted.id, wanted.digest, REQUEST)).rejects.toEqual(
      code("conflict"),
    );
    expect((await trail(wanted.id)).map(({ action }) => action)).toEqual([
      "import.begun",
      "import.stopped",
      "import.resumed",
      "import.finished",
    ]);
  });

  it("killed at any step of a call, it loses nothing and doubles nothing", async () => {
    const wanted = await begun(60);
    const rows = rowsOf(59).map((row) => (row.row % 10 === 3 ? { ...row, code: "" } : row));
    let step = 1;
    for (; ; step++) {
      const dying = { ...ctx, db: crashingDb(db, step).db };
      const answer = await take(wanted.id, rows, dying).catch((error: unknown) => error);
      if (!(answer instanceof Error)) break;
      expect(answer).toBeInstanceOf(Crash);
      const { import: view, from } = await resumeImport(
        ctx,
        actor,
        wanted.id,
        wanted.digest,
        REQUEST,
      );
      const { problems } = await readImportProblems(ctx, actor, wanted.id);
      const codes = await stored(wanted.id);
      // All of it, or nothing; the answer of a commit may be lost.
      expect([0, 59]).toContain(from);
      expect({ done: codes.length, refused: problems.length }).toEqual(
        from === 0 ? { done: 0, refused: 0 } : { done: 53, refused: 6 },
      );
      expect(view).toMatchObject({ done: codes.length, refused: problems.length });
    }
    expect(step).toBeGreaterThan(10);
    expect(await take(wanted.id, rowsOf(60).slice(59))).toMatchObject({
      state: "finished",
      done: 54,
      refused: 6,
    });
    expect(await stored(wanted.id)).toHaveLength(54);
    expect(await values(wanted.id)).toEqual(
      rowsOf(60)
        .filter(({ row }) => row % 10 !== 3)
        .map((row) => row.code),
    );
  });
});
