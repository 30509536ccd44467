import { readdirSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { MIGRATIONS_FOLDER } from "#prisma/schema-engine.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openDb } from "./db.ts";
import { isSchemaReady, SCHEMA_VERSION } from "./schema-version.ts";

const database = await createTestDatabase();
afterAll(() => database.drop());

describe("SCHEMA_VERSION", () => {
  it("is the newest migration in prisma/migrations", () => {
    const folders = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
    expect(SCHEMA_VERSION).toBe(folders.at(-1));
  });
});

describe("isSchemaReady", () => {
  it("is true of a migrated database", async () => {
    expect(await isSchemaReady(database.db)).toBe(true);
  });

  it("is false while the migration is under way or failed, and where it is missing", async () => {
    const { db } = database;
    await db.$executeRaw`update _prisma_migrations set finished_at = null`;
    expect(await isSchemaReady(db)).toBe(false);
    await db.$executeRaw`delete from _prisma_migrations`;
    expect(await isSchemaReady(db)).toBe(false);
  });

  it("is false of an empty database", async () => {
    await database.db.$executeRaw`drop table _prisma_migrations`;
    expect(await isSchemaReady(database.db)).toBe(false);
  });

  it("throws when there is no database", async () => {
    const db = openDb("postgresql://nobody@127.0.0.1:1/none");
    await expect(isSchemaReady(db)).rejects.toThrow();
    await db.$disconnect();
  });
});
