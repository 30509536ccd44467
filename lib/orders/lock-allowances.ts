import type { Actor } from "#lib/access/actor.ts";
import type { Tx } from "#lib/platform/db.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { add, compareAmounts, storableAmount, subtract } from "#lib/platform/money.ts";
import type { SpendRefusal } from "./new-order.ts";

/** Orders that cost nothing, or nothing any more. A failed one counts until its money came back. */
const FREE = ["rejected", "cancelled", "refunded"] as const;

/** What people and API keys may spend in a currency today (UTC) beside what they have. */
export type Allowances = {
  /** Null where an order of this amount keeps within it, else what is left. */
  exceededBy(actor: Actor, amount: string): SpendRefusal | null;
  /** An order of his is going to be stored in the same transaction. */
  spend(actor: Actor, amount: string): void;
};

/**
 * Whoever has a limit takes turns: his row stays locked until his orders are committed, so that parallel orders
 * can't share the last unit. Rows are locked by their ids, so that no two wait for each other. Our own jobs spend
 * nothing by themselves.
 */
export async function lockAllowances(
  tx: Tx,
  actors: readonly Actor[],
  currency: string,
  now: Date,
): Promise<Allowances> {
  const perDay = new Map([
    ...(await lockLimitsOfKeys(tx, idsOf(actors, "key"), currency)),
    ...(await lockLimitsOfPeople(tx, idsOf(actors, "user"), currency)),
  ]);
  const spent = await spentToday(tx, [...perDay.keys()], currency, now);
  return {
    exceededBy(actor, amount) {
      const limit = perDay.get(idOf(actor));
      if (limit === undefined) return null;
      const before = spent.get(idOf(actor)) ?? "0";
      if (compareAmounts(add(before, amount), limit) <= 0) return null;
      const left = compareAmounts(before, limit) >= 0 ? "0" : subtract(limit, before);
      return { currency, perDay: limit, left, asked: amount };
    },
    spend(actor, amount) {
      spent.set(idOf(actor), add(spent.get(idOf(actor)) ?? "0", amount));
    },
  };
}

const idOf = (actor: Actor): string => (actor.kind === "job" ? "" : actor.id);

const idsOf = (actors: readonly Actor[], kind: Actor["kind"]): string[] => [
  ...new Set(
    actors
      .filter((actor) => actor.kind === kind)
      .map(idOf)
      .filter(isUuid),
  ),
];

async function lockLimitsOfKeys(
  tx: Tx,
  ids: string[],
  currency: string,
): Promise<[string, string][]> {
  if (ids.length === 0) return [];
  // Most keys have none, and then nobody waits.
  const limited = await tx.$queryRaw<{ id: string }[]>`
    select id from api_keys where id = any(${ids}::uuid[])
      and (jsonb_typeof(spend_per_day) <> 'object' or jsonb_exists(spend_per_day, ${currency}))`;
  if (limited.length === 0) return [];
  // Read again behind the lock.
  const rows = await tx.$queryRaw<{ id: string; limit: string | null }[]>`
    select id, spend_per_day ->> ${currency} as limit from api_keys
    where id = any(${limited.map(({ id }) => id)}::uuid[]) order by id for no key update`;
  // What can't be read allows nothing, and is no other key's trouble.
  return rows.map(({ id, limit }) => [
    id,
    limit !== null && storableAmount(limit) !== null ? limit : "0",
  ]);
}

async function lockLimitsOfPeople(
  tx: Tx,
  ids: string[],
  currency: string,
): Promise<[string, string][]> {
  if (ids.length === 0) return [];
  const read = () => tx.spendLimit.findMany({ where: { userId: { in: ids }, currency } });
  // Most people have none, and then nobody waits.
  const limited = (await read()).map(({ userId }) => userId);
  if (limited.length === 0) return [];
  await tx.$executeRaw`
    select 1 from users where id = any(${limited}::uuid[]) order by id for no key update`;
  // Read again behind the lock.
  return (await read()).map(({ userId, perDay }) => [userId, perDay.toFixed()]);
}

/** Of those who have ordered anything today. */
async function spentToday(
  tx: Tx,
  actorIds: string[],
  currency: string,
  now: Date,
): Promise<Map<string, string>> {
  if (actorIds.length === 0) return new Map();
  const since = new Date(now);
  since.setUTCHours(0, 0, 0, 0);
  const sums = await tx.order.groupBy({
    by: ["actorId"],
    where: {
      ...{ actorId: { in: actorIds }, currency, isMock: false },
      createdAt: { gte: since },
      status: { notIn: [...FREE] },
    },
    _sum: { agreedTotal: true },
  });
  return new Map(
    sums.map(({ actorId, _sum: sum }) => [actorId ?? "", sum.agreedTotal?.toFixed() ?? "0"]),
  );
}
