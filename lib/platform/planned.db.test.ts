import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openDb } from "./db.ts";
import { planned } from "./planned.ts";

const database = await createTestDatabase();
const db = openDb(database.url);
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const ADD = "select $1::int + $2::int as sum, $3::text[] as words";
const KEPT = "select count(*)::int as kept from pg_prepared_statements where statement = $1";

describe("planned", () => {
  it("has a connection keep what it planned, whatever the values", async () => {
    for (const given of [1, 2, 3]) {
      const rows = await planned(db).$queryRawUnsafe(ADD, given, 10, ["it's", '"so"']);
      expect(rows).toEqual([{ sum: given + 10, words: ["it's", '"so"'] }]);
    }
    expect(await planned(db).$queryRawUnsafe(KEPT, ADD)).toEqual([{ kept: 1 }]);
  });

  it("leaves what Prisma asks as it was", async () => {
    await db.$queryRawUnsafe("select 41 as other");
    expect(await planned(db).$queryRawUnsafe(KEPT, "select 41 as other")).toEqual([{ kept: 0 }]);
  });

  it("tells what the database refuses, and goes on", async () => {
    const broken = planned(db).$queryRawUnsafe("select 1 / $1::int as none", 0);
    await expect(broken).rejects.toThrow("division by zero");
    expect(await planned(db).$queryRawUnsafe("select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("asks a wrapped client itself", async () => {
    const wrapped = new Proxy(db, {
      get: (target, name) =>
        name === "$queryRawUnsafe" ? async () => "wrapped" : Reflect.get(target, name),
    });
    expect(await planned(wrapped).$queryRawUnsafe(ADD, 1, 2, [])).toBe("wrapped");
  });
});
