import type { Core } from "#lib/platform/core.ts";

/** How an account is doing, from what its last calls showed. */
export type SupplierHealth = {
  name: string;
  slug: string;
  health: "ok" | "erroring" | "silenced" | "unknown";
  lastOkAt: string | null;
  lastErrorAt: string | null;
  lastError: string | null;
};

export async function suppliersHealth(core: Core): Promise<SupplierHealth[]> {
  const rows = await core.db.supplier.findMany({ orderBy: { name: "asc" } });
  return rows.map((row) => ({
    name: row.name,
    slug: row.slug,
    health: healthOf(row, core.now()),
    lastOkAt: row.lastOkAt?.toISOString() ?? null,
    lastErrorAt: row.lastErrorAt?.toISOString() ?? null,
    lastError: row.lastError,
  }));
}

function healthOf(
  row: { blockedUntil: Date | null; lastOkAt: Date | null; lastErrorAt: Date | null },
  now: Date,
): SupplierHealth["health"] {
  if (row.blockedUntil && row.blockedUntil > now) return "silenced";
  if (!row.lastOkAt && !row.lastErrorAt) return "unknown";
  return (row.lastErrorAt?.getTime() ?? 0) > (row.lastOkAt?.getTime() ?? 0) ? "erroring" : "ok";
}
