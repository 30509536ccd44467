import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { judgeLowLines } from "./low-lines.ts";
import type { LowLineInput } from "./schema.ts";

/**
 * Says how many codes of a product there should be at least; whether there are is judged at once. Throws
 * `forbidden` or `not_found`.
 */
export async function setLowLine(
  core: Core,
  actor: Actor,
  { stockProductId, lowLine }: LowLineInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "codes.stock");
  await core.db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ lowLine: number | null }[]>`
      select low_line as "lowLine" from stock_products where id = ${stockProductId}::uuid for no key update`;
    if (!before) throw new KeyholdError("not_found", `stock product ${stockProductId}`);
    if (before.lowLine === lowLine) return;
    await tx.stockProduct.update({ where: { id: stockProductId }, data: { lowLine } });
    await judgeLowLines(tx, core, stockProductId);
    await appendAuditEntry(tx, core, actor, {
      action: "stock.low_line_set",
      objectKind: "stock_product",
      objectId: stockProductId,
      details: { from: before.lowLine, to: lowLine },
      before: { lowLine: before.lowLine },
      after: { lowLine },
      ...request,
    });
    await notify(tx, ["codes"]);
  });
}
