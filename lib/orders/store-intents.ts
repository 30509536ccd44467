/** The transaction that places orders: of one, or of all that wait for one account's money. Private to this room. */
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { inBatches } from "#lib/platform/in-batches.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import { pauseOf } from "#lib/suppliers/pause-policy.ts";
import { PAUSE_SELECT } from "#lib/suppliers/read-pauses.ts";
import type { OrdersContext } from "./context.ts";
import { findSimilar } from "./find-similar.ts";
import { type Allowances, lockAllowances } from "./lock-allowances.ts";
import { type Funds, lockFunds } from "./lock-funds.ts";
import type { PlaceResult, SimilarOrder } from "./new-order.ts";
import { type Accepted, type Intent, writeIntents } from "./write-intents.ts";

/** Nothing was stored: a person is asked first, or told why. */
type Refused = Extract<PlaceResult, { kind: "similar" | "short" | "paused" | "over_limit" }>;

export type Stored =
  | { kind: "stored" }
  /** There is an order of this reference; it needn't be of the same contents. */
  | { kind: "repeated" }
  /** Its `mayStore` rejected. */
  | { kind: "kept_back"; error: unknown }
  | Refused;

/**
 * Stores an intent, or answers why not. Orders of one account take turns for its money in any case: those of
 * programs that come meanwhile are stored together, in one transaction and a few statements.
 */
export async function storeIntent(ctx: OrdersContext, intent: Intent): Promise<Stored> {
  if (!asksAboutSimilar(intent)) return storeWithOthers(ctx, intent);
  const [stored] = await storeInOneTransaction(ctx, [intent]);
  return stored as Stored;
}

const storeWithOthers = inBatches(storeInOneTransaction, {
  apart: ({ basket }: Intent) => `${basket.supplierId} ${basket.currency}`,
  // It would have ended by itself by then, had it a connection that answers.
  deadlineMs: PATIENT.maxWait + PATIENT.timeout + 5_000,
});

async function storeInOneTransaction(
  ctx: OrdersContext,
  intents: readonly Intent[],
): Promise<Stored[]> {
  await ctx.reach?.("intent_unwritten");
  const results = await ctx.db.$transaction(async (tx) => {
    const written = await storeIntents(tx, ctx, intents);
    await ctx.reach?.("intent_written");
    return written;
    // Orders of one account take turns for its balance: of many at once the last wait for a connection.
  }, PATIENT);
  await ctx.reach?.("intent_committed");
  return results;
}

/** Of one account and currency. Rejects where the transaction can't go on. */
async function storeIntents(
  tx: Tx,
  ctx: OrdersContext,
  intents: readonly Intent[],
): Promise<Stored[]> {
  const now = ctx.now();
  const stored = new Map<Intent, Stored>();
  const allowed = await Promise.allSettled(intents.map(async ({ mayStore }) => mayStore?.(tx)));
  for (const [at, intent] of intents.entries()) {
    const { reason: error, status } = allowed[at] as PromiseRejectedResult;
    if (status === "rejected") stored.set(intent, { kind: "kept_back", error });
  }
  const open = intents.filter((intent) => !stored.has(intent));
  const similarTo = await findSimilarInTurn(tx, open, now);
  const earlier = await findReferences(tx, open);
  const paused = await findPause(tx, open, now);
  const [first] = open;
  const costly = open.filter(({ wanted }) => !wanted.isMock && !earlier.has(wanted.clientRef));
  const mayCost = paused === null && costly.length > 0 ? first?.basket : undefined;
  const allowances =
    mayCost &&
    (await lockAllowances(
      tx,
      costly.map(({ actor }) => actor),
      mayCost.currency,
      now,
    ));
  const funds = mayCost && (await lockFunds(tx, ctx, mayCost));
  const accepted = new Map<Intent, Accepted>();
  for (const intent of open) {
    const { wanted, actor } = intent;
    // The same form posted twice at once is no second wish: its reference decides.
    if (earlier.has(wanted.clientRef)) {
      stored.set(intent, { kind: "repeated" });
      continue;
    }
    const similar = similarTo.get(intent) ?? [];
    const means = wanted.isMock ? {} : { allowances, funds };
    const result = paused ?? judge(intent, similar, means);
    if ("kind" in result) {
      stored.set(intent, result);
      continue;
    }
    earlier.add(wanted.clientRef);
    stored.set(intent, { kind: "stored" });
    accepted.set(intent, result);
    means.allowances?.spend(actor, wanted.agreedTotal);
    means.funds?.promise(wanted.agreedTotal);
  }
  if (accepted.size > 0) await writeIntents(tx, ctx, accepted, now);
  return intents.map((intent) => stored.get(intent) as Stored);
}

/** What the person has to be shown first, or what is stored beside the order. */
function judge(
  { wanted, actor }: Intent,
  similar: SimilarOrder[],
  { allowances, funds }: { allowances?: Allowances | undefined; funds?: Funds | undefined },
): Refused | Accepted {
  const seen = wanted.similarSeen ?? [];
  if (similar.some(({ id }) => !seen.includes(id))) return { kind: "similar", orders: similar };
  const limit = allowances?.exceededBy(actor, wanted.agreedTotal);
  if (limit) return { kind: "over_limit", limit };
  const shortfall = funds?.lackingFor(actor, wanted.agreedTotal) ?? null;
  const over = wanted.overBalance;
  // A reason covers what was shown to whoever gave it, and no more.
  if (shortfall && (!over || compareAmounts(shortfall.missing, over.missing) > 0)) {
    return { kind: "short", shortfall };
  }
  return { similar, shortfall };
}

/** A program says by its reference which wishes are one; nobody looks at its screen to be asked. */
const asksAboutSimilar = ({ actor, wanted }: Intent): boolean =>
  actor.kind !== "key" || wanted.refuseSimilar === true;

/** Of those that ask. Two tabs with the same wish take turns here, so that the second sees the first. */
async function findSimilarInTurn(
  tx: Tx,
  intents: readonly Intent[],
  now: Date,
): Promise<Map<Intent, SimilarOrder[]>> {
  const found = new Map<Intent, SimilarOrder[]>();
  for (const intent of intents.filter(asksAboutSimilar)) {
    const { actor, wanted, basket, fingerprint } = intent;
    const { supplierId } = basket;
    const key = supplierId + fingerprint;
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const customerRef = wanted.customerRef || null;
    // A shop asks whether it repeats itself; what others ordered is none of its business.
    const placedBy = actor.kind === "key" ? actor.id : null;
    found.set(
      intent,
      await findSimilar(tx, { supplierId, fingerprint, customerRef, placedBy }, now),
    );
  }
  return found;
}

/** Those of their references that orders have. */
async function findReferences(tx: Tx, intents: readonly Intent[]): Promise<Set<string>> {
  const references = intents.map(({ wanted }) => wanted.clientRef);
  const orders = await tx.order.findMany({
    where: { clientRef: { in: references } },
    select: { clientRef: true },
  });
  return new Set(orders.map(({ clientRef }) => clientRef));
}

async function findPause(tx: Tx, [first]: readonly Intent[], now: Date): Promise<Refused | null> {
  if (!first) return null;
  const { name, ...columns } = await tx.supplier.findUniqueOrThrow({
    where: { id: first.basket.supplierId },
    select: { name: true, ...PAUSE_SELECT },
  });
  const pause = pauseOf(columns, "ordering", now);
  return pause && { kind: "paused", supplierName: name, pause };
}
