import type { OrdersContext } from "#lib/orders/context.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { actOnMessage } from "./act-on-message.ts";
import { CLAIM_AT_ONCE, LEASE_MS, MOST_TRIES, WORKED_ON_AT_ONCE } from "./inbox-policy.ts";
import { judgeMessage, type Worked } from "./judge-message.ts";
import { claimMessages, type MessageClaim, type Settled, settleMessages } from "./store.ts";
import { tellInbox } from "./tell-inbox.ts";

/** An order may have to be asked for, which takes its time: what nobody came to within this is given back. */
const BEGIN_WITHIN_MS = LEASE_MS / 2;

/**
 * Does what messages ask for, until none is due: their news is recorded, or what they hint at is looked at. Any number
 * of processes may do so at once. What a message does comes before it is noted as done, so it may be done twice, and
 * that changes nothing.
 */
export async function workOnInbox(ctx: OrdersContext): Promise<"done"> {
  for (;;) {
    const leaseToken = ctx.newId();
    const claims = await claimMessages(ctx, leaseToken);
    if (claims.length === 0) return "done";
    const settled = await workOnAll(ctx, claims);
    await ctx.db.$transaction(async (tx) => {
      const inTrouble = await settleMessages(tx, leaseToken, settled);
      // One may have been the last that an account was in trouble for.
      const alerted = await alertedOf(tx, claims);
      await tellInbox(tx, ctx, [...new Set([...inTrouble, ...alerted])]);
      await notify(tx, ["inbox"]);
    }, PATIENT);
    if (claims.length < CLAIM_AT_ONCE || ctx.stop?.aborted) return "done";
  }
}

/** Of the accounts whose messages these are, those that people know to be in trouble. */
async function alertedOf(tx: Tx, claims: readonly MessageClaim[]): Promise<string[]> {
  const ids = [...new Set(claims.map(({ supplierId }) => supplierId))];
  const standing = await tx.systemSignal.findMany({
    where: {
      ...{ key: { in: ["inbox_unmatched", "inbox_unreadable"] }, subject: { in: ids } },
      clearedAt: null,
    },
    select: { subject: true },
  });
  return standing.map(({ subject }) => subject);
}

/** As they came, a few at once. */
async function workOnAll(ctx: OrdersContext, claims: readonly MessageClaim[]): Promise<Settled[]> {
  const until = ctx.now().getTime() + BEGIN_WITHIN_MS;
  const settled: Settled[] = [];
  const waiting = claims.values();
  async function workOn(): Promise<void> {
    for (const claim of waiting) {
      const isLate = ctx.stop?.aborted || ctx.now().getTime() > until;
      settled.push(
        isLate ? judgeMessage({ ...claim, event: null }, UNTOUCHED) : await work(ctx, claim),
      );
    }
  }
  await Promise.all(Array.from({ length: WORKED_ON_AT_ONCE }, workOn));
  return settled;
}

const UNTOUCHED: Worked = { kind: "untouched" };

async function work(ctx: OrdersContext, claim: MessageClaim): Promise<Settled> {
  if (claim.tries > MOST_TRIES) {
    // It may be what ends whoever works on it.
    const detail = `It was begun ${claim.tries - 1} times, and nobody came to its end.`;
    const worked: Worked = { kind: "failed", problem: { code: "failed", detail } };
    return judgeMessage({ ...claim, event: null }, worked);
  }
  const { worked, event } = await actOnMessage(ctx, claim);
  return judgeMessage({ ...claim, event }, worked);
}
