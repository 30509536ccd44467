import type { Db, Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** One that is not deleted; throws `not_found`. */
export async function findEndpoint(db: Pick<Db, "endpoint">, id: string) {
  const row = isUuid(id) ? await db.endpoint.findUnique({ where: { id, deletedAt: null } }) : null;
  if (!row) throw new KeyholdError("not_found", `endpoint ${id}`);
  return row;
}

export type FoundEndpoint = Awaited<ReturnType<typeof findEndpoint>>;

/** The same, and nobody else changes it until the transaction ends. */
export async function lockEndpoint(tx: Tx, id: string): Promise<FoundEndpoint> {
  if (isUuid(id)) {
    // Claims leave it alone as soon as somebody waits here; see `claims.ts`.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${id.toLowerCase()}::text, 7220006))`;
    await tx.$executeRaw`select 1 from endpoints where id = ${id}::uuid for no key update`;
  }
  return findEndpoint(tx, id);
}
