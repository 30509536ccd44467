import { afterAll, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { gatherUntilCommit } from "./before-commit.ts";
import type { Db, Tx } from "./db.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

type Written = { by: Db; items: string[]; transaction: string };
const written: Written[] = [];
const idOf = async (tx: Tx) => {
  const [row] = await tx.$queryRaw<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  return row?.id ?? "";
};
const write = async (tx: Tx, by: Db, items: string[]) => {
  written.push({ by, items, transaction: await idOf(tx) });
};

it("writes all of a name together, in its own transaction, after everything else", async () => {
  const ids = await Promise.all(
    ["a", "b", "c"].map((name) =>
      db.$transaction(async (tx) => {
        await gatherUntilCommit(tx, "things", [`${name}1`], write);
        const id = await idOf(tx);
        await gatherUntilCommit(tx, "things", [`${name}2`, `${name}3`], write);
        expect(written.some(({ transaction }) => transaction === id)).toBe(false);
        return { name, id };
      }),
    ),
  );
  for (const { name, id } of ids) {
    const mine = written.filter(({ transaction }) => transaction === id);
    expect(mine).toEqual([{ by: db, items: [1, 2, 3].map((n) => `${name}${n}`), transaction: id }]);
  }
  expect(written).toHaveLength(3);
});

it("rolls everything back where the writing fails, and passes on what the work answers", async () => {
  const row = (key: string) => ({ data: { key, count: 1, startedAt: new Date() } });
  const failing = db.$transaction(async (tx) => {
    await tx.signInBucket.create(row("never"));
    await gatherUntilCommit(tx, "things", ["x"], () => Promise.reject(new Error("no")));
  });
  await expect(failing).rejects.toThrow("no");
  expect(await db.signInBucket.count()).toBe(0);
  expect(await db.$transaction((tx) => tx.signInBucket.create(row("kept")))).toMatchObject({
    key: "kept",
  });
  // A batch is passed on as it is.
  expect(await db.$transaction([db.signInBucket.count(), db.signInBucket.deleteMany()])).toEqual([
    1,
    { count: 1 },
  ]);
});

it("says where it can't be", async () => {
  await expect(gatherUntilCommit(db, "things", ["x"], write)).rejects.toThrow("a transaction");
});
