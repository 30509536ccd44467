import { afterAll, expect, it } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { accounts } from "./accounts.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);

/** The first write of signals fails. */
function failingOnce(): Db {
  let isLeft = true;
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== "$transaction" || !isLeft) return value;
      return () => {
        isLeft = false;
        return Promise.reject(new Error("deadlock detected"));
      };
    },
  });
}

it("judges the other accounts where one can't be, and then says which", async () => {
  const second = await db.supplier.create({
    data: { slug: "second", kind: "foxreload", name: "Second" },
  });
  await db.supplier.updateMany({ data: { keyRefusedAt: clock.now() } });
  const all = [ctx.account, { ...ctx.account, id: second.id, slug: "second", name: "Second" }];
  const suppliers = { all: () => all, notConnected: () => [] };
  const standing = async () =>
    (await db.systemSignal.findMany({ where: { key: "key_refused", clearedAt: null } })).length;
  await expect(accounts.judge({ ...ctx, db: failingOnce(), suppliers })).rejects.toThrow(
    /1 account could not be judged, the first is [0-9a-f-]{36}$/,
  );
  expect(await standing()).toBe(1);
  await accounts.judge({ ...ctx, suppliers });
  expect(await standing()).toBe(2);
  // Nor does it keep what is said of an account that is gone from ending.
  await db.supplier.updateMany({ data: { keyRefusedAt: null, lastOkAt: clock.now() } });
  const gone = { ...suppliers, all: () => all.slice(0, 1) };
  await expect(accounts.judge({ ...ctx, db: failingOnce(), suppliers: gone })).rejects.toThrow();
  expect(await standing()).toBe(1);
});
