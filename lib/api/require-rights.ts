import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { permissionsOf, type Scope } from "#lib/access/permissions.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { compareAmounts } from "#lib/platform/money.ts";

/** What a key may do, and spend in a day by currency. */
type Reach = { scopes: readonly Scope[]; spendPerDay: Record<string, string> };

/**
 * Whoever is shown a key can use it: it may do nothing that he may not, and spend no more in a day than he. Throws
 * `forbidden`.
 */
export async function requireRights(
  tx: Pick<Tx, "spendLimit">,
  actor: Actor,
  { scopes, spendPerDay }: Reach,
): Promise<void> {
  for (const scope of scopes) {
    for (const permission of permissionsOf(scope)) requirePermission(actor, permission);
  }
  if (actor.kind !== "user" || !scopes.includes("orders:write")) return;
  const limits = await tx.spendLimit.findMany({ where: { userId: actor.id } });
  for (const { currency, perDay } of limits) {
    const most = spendPerDay[currency];
    if (most !== undefined && compareAmounts(most, perDay.toFixed()) <= 0) continue;
    throw new KeyholdError(
      "forbidden",
      `${actor.name} may spend ${perDay.toFixed()} ${currency} a day, the key ${most ?? "any amount"}`,
    );
  }
}

/** For what rows remember of whoever is shown a key; our own jobs and the command line are nobody. */
export const seenBy = (actor: Actor): string | null => (actor.kind === "user" ? actor.id : null);
