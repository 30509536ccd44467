import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { SeenKey } from "./types.ts";

/**
 * API keys that somebody was shown when he made or replaced them, and that still work: whatever becomes of himself,
 * he can go on using them. Oldest first.
 */
export async function keysSeenBy(
  db: Pick<Tx, "apiKey">,
  { now }: Pick<Core, "now">,
  userId: string,
): Promise<SeenKey[]> {
  const at = now();
  const rows = await db.apiKey.findMany({
    where: {
      revokedAt: null,
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
        { OR: [{ seenById: userId }, { previousSeenById: userId, previousUntil: { gt: at } }] },
      ],
    },
    orderBy: { id: "asc" },
    select: { id: true, name: true, prefix: true, previousPrefix: true, seenById: true },
  });
  return rows.map(({ id, name, prefix, previousPrefix, seenById }) => ({
    ...{ id, name },
    prefix: seenById === userId ? prefix : (previousPrefix ?? prefix),
  }));
}
