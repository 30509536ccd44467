import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { SealError } from "#lib/platform/gcm.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Json } from "#lib/platform/json.ts";
import { maskBody } from "./mask-body.ts";
import { ROW, toRow } from "./read-inbox.ts";
import { readNews } from "./read-news.ts";
import type { InboundContext } from "./receive-message.ts";
import { openMessage } from "./sealed-inbox.ts";
import type { InboxMessageView } from "./types.ts";

/** One message; null where there is none. What it says is shown masked, and only to those who may see answers. */
export async function readMessage(
  ctx: InboundContext,
  actor: Actor,
  id: string,
): Promise<InboxMessageView | null> {
  requirePermission(actor, "suppliers.read");
  if (!isUuid(id)) return null;
  const found = await ctx.db.inboxMessage.findUnique({
    where: { id },
    select: {
      ...ROW,
      ...{ scheme: true, bytes: true, settledAt: true, sealed: true, supplierId: true },
      order: { select: { id: true, clientRef: true, status: true } },
    },
  });
  if (!found) return null;
  const { scheme, bytes, settledAt, sealed, supplierId, order, ...row } = found;
  const sees = can(actor, "orders.answers");
  return {
    ...toRow(row),
    scheme,
    bytes,
    settledAt: settledAt?.toISOString() ?? null,
    order,
    body: sees ? await readBody(ctx, { id, supplierId, sealed }) : null,
  };
}

async function readBody(
  ctx: InboundContext,
  { id, supplierId, sealed }: { id: string; supplierId: string; sealed: string },
): Promise<Json | null> {
  try {
    const raw = await openMessage(ctx.sealer, id, sealed);
    const account = ctx.suppliers.byId(supplierId);
    const news = account ? readNews(ctx.log, account, raw) : null;
    return maskBody(raw, news ?? { kind: "unreadable", why: "The account isn't connected." });
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
