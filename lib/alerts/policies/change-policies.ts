import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { replanAll } from "../plan-notices.ts";
import { lockAlerts } from "../store.ts";
import { versionOf } from "./read-policies.ts";

export type PolicyContext = Pick<Core, "db" | "now" | "newId">;

/**
 * Changes policies, one person at a time, and begins with another one for alerts that it fits by now. They may be
 * many: nobody raises or decides meanwhile.
 */
export const changePolicies = <Result>(
  ctx: PolicyContext,
  change: (tx: Tx, now: Date) => Promise<Result>,
): Promise<Result> =>
  ctx.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const now = ctx.now();
    const result = await change(tx, now);
    await replanAll(tx, now);
    await notify(tx, ["alerts"]);
    return result;
  }, PATIENT);

/** Later than the last time, however the clock goes: what was read before that is told from what is read now. */
export const changedAt = (before: { updatedAt: Date }, now: Date): Date =>
  new Date(Math.max(now.getTime(), before.updatedAt.getTime() + 1));

/** Throws `not_found`, or `conflict` where it isn't as it was read before. */
export async function findPolicy(tx: Tx, id: string, version: string) {
  const row = await tx.escalationPolicy.findFirst({
    where: { id, deletedAt: null },
    include: { steps: { orderBy: { place: "asc" } } },
  });
  if (!row) throw new KeyholdError("not_found", `no escalation policy ${id}`);
  if (versionOf(row) !== version) {
    throw new KeyholdError("conflict", `escalation policy ${id} was changed meanwhile`);
  }
  return row;
}
