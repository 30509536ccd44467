import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { explainSoon } from "./explain-account.ts";
import { TOP_UP_EARLY_MS } from "./explain-policy.ts";
import { topUpSchema } from "./schema.ts";
import { lockBalance } from "./store.ts";

/**
 * Notes money that was put into an account, or taken out of it; a change of that amount is explained by it
 * at once, or once it shows. Answers its id; what is told twice under one id is noted once. Throws `forbidden`,
 * `invalid`, `not_found`, or `conflict` where the change it was proposed for is otherwise by now, or is about to be
 * explained by an equal one, or the id is another's.
 * @param input as it came through the door
 */
export async function recordTopUp(
  core: Core,
  actor: Actor,
  input: unknown,
  request: RequestFacts,
): Promise<string> {
  requirePermission(actor, "balance.record");
  const parsed = topUpSchema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "top-up");
  const { supplierId, currency, amount, note } = parsed.data;
  const at = new Date(parsed.data.at);
  const now = core.now();
  // A later one would be a plan; a little later is a clock that is off.
  if (at.getTime() > now.getTime() + TOP_UP_EARLY_MS)
    throw new KeyholdError("invalid", "top-up to come");
  const id = parsed.data.id ?? core.newId();
  await core.db.$transaction(async (tx) => {
    const supplier = await tx.supplier.findUnique({
      where: { id: supplierId },
      select: { id: true },
    });
    if (!supplier) throw new KeyholdError("not_found", `supplier ${supplierId}`);
    await lockBalance(tx, supplierId, "wait");
    const same = { supplierId, currency, amount };
    const before = await tx.topUp.findUnique({ where: { id } });
    if (before) {
      const isSame = before.supplierId === supplierId && before.amount.eq(amount);
      if (!isSame) throw new KeyholdError("conflict", "the id is another top-up's");
      return;
    }
    const { proposal } = parsed.data;
    if (proposal && !(await stillStands(tx, same, proposal))) {
      throw new KeyholdError("conflict", "the proposal has been taken up");
    }
    const { actorId, actorName } = actorColumns(actor);
    await tx.topUp.create({
      data: { id, supplierId, currency, amount, at, note, actorId, actorName, createdAt: now },
    });
    const earliestAt = new Date(at.getTime() - TOP_UP_EARLY_MS);
    await tx.balanceMove.create({
      data: {
        ...{ id: core.newId(), supplierId, currency, kind: "top_up", amount },
        ...{ topUpId: id, earliestAt, createdAt: now },
      },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "balance.topped_up",
      objectKind: "top_up",
      objectId: id,
      ...(note ? { reason: note } : {}),
      details: { supplierId, amount, currency, at: at.toISOString() },
      ...request,
    });
    await notify(tx, ["balance"]);
  });
  await explainSoon(core, supplierId);
  return id;
}

/** The change is as it was seen, and nothing equal waits to be found to be what made it. */
async function stillStands(
  tx: Tx,
  { supplierId, currency, amount }: { supplierId: string; currency: string; amount: string },
  { stepId, remainder }: { stepId: string; remainder: string },
): Promise<boolean> {
  const open = await tx.balanceStep.count({
    where: {
      ...{ sampleId: stepId, supplierId, currency, remainder },
      state: { in: ["open", "unexplained"] },
    },
  });
  const unseen = await tx.balanceMove.count({
    where: { supplierId, currency, kind: "top_up", amount, stepId: null },
  });
  return open > 0 && unseen === 0;
}
