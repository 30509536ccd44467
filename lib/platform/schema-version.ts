import type { Db } from "./db.ts";

/** The newest migration this build needs; a test holds it against prisma/migrations. */
export const SCHEMA_VERSION = "20261123080000_told_since";

/**
 * Whether the database has the schema that this build needs; an empty database has not. Throws when
 * it can't be reached.
 */
export async function isSchemaReady(db: Db): Promise<boolean> {
  const [table] = await db.$queryRaw<{ found: boolean }[]>`
    select to_regclass('_prisma_migrations') is not null as found`;
  if (!table?.found) return false;
  const [migration] = await db.$queryRaw<{ ready: boolean }[]>`
    select exists (
      select 1 from _prisma_migrations where migration_name = ${SCHEMA_VERSION} and finished_at is not null
    ) as ready`;
  return migration?.ready ?? false;
}
