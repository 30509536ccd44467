import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonSchema } from "./schema.ts";
import { lockBalance } from "./store.ts";
import { tellUnexplained } from "./tell-unexplained.ts";

/**
 * Says that somebody knows what a remainder was, or lets it rest: it isn't told of any more. What was
 * accepted is what the person saw: `remainder` has to be what is left over now. Throws `forbidden`,
 * `invalid`, `not_found`, and `conflict` where it has been explained or accepted meanwhile.
 */
export async function acceptRemainder(
  core: Core,
  actor: Actor,
  input: { stepId: string; remainder: string; reason: string },
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "balance.record");
  const reason = reasonSchema.safeParse(input.reason);
  if (!reason.success || !/^-?\d{1,14}(\.\d{1,4})?$/.test(input.remainder)) {
    throw new KeyholdError("invalid", "reason");
  }
  const { stepId } = input;
  await core.db.$transaction(async (tx) => {
    const step = await tx.balanceStep.findUnique({ where: { sampleId: stepId } });
    if (!step) throw new KeyholdError("not_found", `step ${stepId}`);
    const { supplierId, currency } = step;
    await lockBalance(tx, supplierId, "wait");
    const { count } = await tx.balanceStep.updateMany({
      where: {
        sampleId: stepId,
        state: { in: ["open", "unexplained"] },
        remainder: input.remainder,
      },
      data: {
        state: "accepted",
        acceptedBy: actor.name,
        reason: reason.data,
        judgedAt: core.now(),
      },
    });
    if (count === 0) throw new KeyholdError("conflict", `step ${stepId} is otherwise now`);
    await appendAuditEntry(tx, core, actor, {
      action: "balance.remainder_accepted",
      objectKind: "balance_step",
      objectId: stepId,
      reason: reason.data,
      details: { supplierId, remainder: input.remainder, currency },
      ...request,
    });
    await tellUnexplained(tx, core, supplierId, { isMore: false });
    await notify(tx, ["balance", "alerts"]);
  });
}
