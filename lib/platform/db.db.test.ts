import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Db, openDb } from "./db.ts";

const database = await createTestDatabase();
afterAll(() => database.drop());

async function withDb(url: string, use: (db: Db) => Promise<void>): Promise<void> {
  const db = openDb(url);
  try {
    await use(db);
  } finally {
    await db.$disconnect();
  }
}

const setting = async (db: Db, name: string) => {
  const rows = await db.$queryRaw<{ value: string }[]>`select current_setting(${name}) as value`;
  return rows[0]?.value;
};

describe("openDb", () => {
  it.each(["America/New_York", "Asia/Kolkata", "UTC"])(
    "means the same instant as the database does, in a server set to %s",
    async (timeZone) => {
      const name = new URL(database.url).pathname.slice(1);
      await database.db.$executeRawUnsafe(`alter database ${name} set timezone to '${timeZone}'`);
      const at = new Date("2026-03-01T12:34:56.789Z");
      await withDb(database.url, async (db) => {
        const row = {
          slug: timeZone.toLowerCase().replace(/[^a-z]/g, "-"),
          kind: "test",
          name: "Test",
          createdAt: at,
        };
        const { id, createdAt } = await db.supplier.create({ data: row });
        expect(createdAt).toEqual(at);
        const [read] = await db.$queryRaw<{ epoch: number; typed: Date; same: boolean }[]>`
          select extract(epoch from created_at)::float8 as epoch, created_at as typed,
            created_at = ${at} as same
          from suppliers where id = ${id}::uuid`;
        expect(read).toEqual({ epoch: at.getTime() / 1_000, typed: at, same: true });
        const [clock] = await db.$queryRaw<{ now: Date }[]>`select now()`;
        expect(Math.abs((clock?.now.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      });
    },
  );

  it("keeps the options that the address brings along", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c statement_timeout=4321");
    await withDb(url.href, async (db) => {
      expect(await setting(db, "statement_timeout")).toBe("4321ms");
      expect(await setting(db, "TimeZone")).toBe("UTC");
    });
  });
});
