import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { backInSteps } from "./collect-moves.ts";
import { explainSoon } from "./explain-account.ts";
import { reasonSchema } from "./schema.ts";
import { lockBalance } from "./store.ts";

/**
 * Takes a recorded top-up back: it stays to be seen, and explains nothing any more. A change
 * that it explained is open again, also where somebody had accepted the rest of it. Throws `forbidden`,
 * `invalid`, `not_found`, and `conflict` where somebody was quicker.
 */
export async function voidTopUp(
  core: Core,
  actor: Actor,
  input: { id: string; reason: string },
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "balance.record");
  const reason = reasonSchema.safeParse(input.reason);
  if (!reason.success) throw new KeyholdError("invalid", "reason");
  const { id } = input;
  const supplierId = await core.db.$transaction(async (tx) => {
    const topUp = await tx.topUp.findUnique({ where: { id } });
    if (!topUp) throw new KeyholdError("not_found", `top-up ${id}`);
    const { currency } = topUp;
    await lockBalance(tx, topUp.supplierId, "wait");
    const { count } = await tx.topUp.updateMany({
      where: { id, voidedAt: null },
      data: { voidedAt: core.now(), voidedBy: actor.name, voidReason: reason.data },
    });
    if (count === 0) throw new KeyholdError("conflict", `top-up ${id} is voided`);
    await tx.$executeRaw`
      with gone as (delete from balance_moves where top_up_id = ${id}::uuid returning step_id, amount)
      ${backInSteps}`;
    await appendAuditEntry(tx, core, actor, {
      action: "balance.top_up_voided",
      objectKind: "top_up",
      objectId: id,
      reason: reason.data,
      details: { supplierId: topUp.supplierId, amount: topUp.amount.toFixed(), currency },
      ...request,
    });
    await notify(tx, ["balance"]);
    return topUp.supplierId;
  });
  await explainSoon(core, supplierId);
}
