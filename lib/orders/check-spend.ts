import { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import type { Tx } from "#lib/platform/db.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { add, compareAmounts, subtract } from "#lib/platform/money.ts";
import type { SpendRefusal } from "./new-order.ts";

/** Orders that cost nothing, or nothing any more. A failed one counts until its money came back. */
const FREE = ["rejected", "cancelled", "refunded"] as const;

/**
 * Null where an order of this amount keeps within what its person or API key may spend in a day (UTC),
 * else what is left of it. Whoever has a limit takes turns: his row stays locked until the order is
 * committed, so that parallel orders can't share the last unit. Our own jobs spend nothing by themselves.
 */
export async function checkSpend(
  tx: Tx,
  actor: Actor,
  wish: { currency: string; amount: string },
  now: Date,
): Promise<SpendRefusal | null> {
  if (actor.kind === "job" || !isUuid(actor.id)) return null;
  const perDay = await lockLimit(tx, actor, wish.currency);
  if (perDay === null) return null;
  const spent = await spentToday(tx, actor.id, wish.currency, now);
  if (compareAmounts(add(spent, wish.amount), perDay) <= 0) return null;
  const left = compareAmounts(spent, perDay) >= 0 ? "0" : subtract(perDay, spent);
  return { currency: wish.currency, perDay, left, asked: wish.amount };
}

/** What may be spent in a day; null where nothing limits it. Read again behind the lock. */
async function lockLimit(
  tx: Tx,
  actor: Exclude<Actor, { kind: "job" }>,
  currency: string,
): Promise<string | null> {
  if (actor.kind === "key") {
    const [key] = await tx.$queryRaw<{ spendPerDay: unknown }[]>`
      select spend_per_day as "spendPerDay" from api_keys where id = ${actor.id}::uuid for no key update`;
    return keyLimits.parse(key?.spendPerDay ?? {})[currency] ?? null;
  }
  const where = { userId_currency: { userId: actor.id, currency } };
  // Most people have none, and then nobody waits.
  if (!(await tx.spendLimit.findUnique({ where }))) return null;
  await tx.$executeRaw`select 1 from users where id = ${actor.id}::uuid for no key update`;
  const limit = await tx.spendLimit.findUnique({ where });
  return limit?.perDay.toFixed() ?? null;
}

const keyLimits = z.record(z.string(), z.string());

async function spentToday(tx: Tx, actorId: string, currency: string, now: Date): Promise<string> {
  const since = new Date(now);
  since.setUTCHours(0, 0, 0, 0);
  const { _sum: sum } = await tx.order.aggregate({
    where: {
      ...{ actorId, currency, isMock: false },
      createdAt: { gte: since },
      status: { notIn: [...FREE] },
    },
    _sum: { agreedTotal: true },
  });
  return sum.agreedTotal?.toFixed() ?? "0";
}
