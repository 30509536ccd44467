import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { permissionsOf, type Scope } from "#lib/access/permissions.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { add, compareAmounts } from "#lib/platform/money.ts";

/** What a key may do, and spend in a day by currency. */
type Reach = { scopes: readonly Scope[]; spendPerDay: Record<string, string> };

/**
 * Whoever is shown a key can use it: it may do nothing that he may not, and all of his that still work may spend
 * no more in a day together than he. Keys that are made for one person wait for each other. Throws `forbidden`.
 * @param taken the key that this one takes the place of; its own secret again widens nothing
 */
export async function requireRights(
  tx: Pick<Tx, "spendLimit" | "apiKey" | "$executeRaw">,
  { now }: Pick<Core, "now">,
  actor: Actor,
  { scopes, spendPerDay }: Reach,
  taken: { id: string; seenById: string | null } | null = null,
): Promise<void> {
  for (const scope of scopes) {
    for (const permission of permissionsOf(scope)) requirePermission(actor, permission);
  }
  if (actor.kind !== "user" || !scopes.includes("orders:write")) return;
  await tx.$executeRaw`select 1 from users where id = ${actor.id}::uuid for no key update`;
  const limits = await tx.spendLimit.findMany({ where: { userId: actor.id } });
  if (limits.length === 0) return;
  const others =
    taken?.seenById === actor.id ? [] : await spendingKeysOf(tx, actor.id, now(), taken?.id);
  for (const { currency, perDay } of limits) {
    const mosts = [spendPerDay, ...others].map((perCurrency) => perCurrency[currency]);
    const bounds = mosts.filter((most) => most !== undefined);
    const most = bounds.length === mosts.length ? add(...bounds) : null;
    if (most !== null && compareAmounts(most, perDay.toFixed()) <= 0) continue;
    throw new KeyholdError(
      "forbidden",
      `${actor.name} may spend ${perDay.toFixed()} ${currency} a day, his keys ${most ?? "any amount"}`,
    );
  }
}

/** What each of them may spend in a day, by currency; also those whose secret before is his. */
async function spendingKeysOf(
  tx: Pick<Tx, "apiKey">,
  userId: string,
  now: Date,
  besides: string | undefined,
): Promise<Record<string, string>[]> {
  const keys = await tx.apiKey.findMany({
    where: {
      ...{ revokedAt: null, scopes: { has: "orders:write" } },
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        { OR: [{ seenById: userId }, { previousSeenById: userId, previousUntil: { gt: now } }] },
      ],
      ...(besides !== undefined && { id: { not: besides } }),
    },
    select: { spendPerDay: true },
  });
  return keys.map(({ spendPerDay }) => spendPerDay as Record<string, string>);
}

/** For what rows remember of whoever is shown a key; our own jobs and the command line are nobody. */
export const seenBy = (actor: Actor): string | null => (actor.kind === "user" ? actor.id : null);
