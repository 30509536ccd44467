import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntries } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { Deal } from "./deals.ts";
import { COUNT_TO, MOST_AT_ONCE } from "./inbox-policy.ts";
import { tellInbox } from "./tell-inbox.ts";
import { type DealtWithMany, type InboxFilter, type InboxState, TROUBLED_STATES } from "./types.ts";

/**
 * All in trouble that match, as a person saw them: what came after `upTo`, the newest of them, isn't meant, nor what
 * came into trouble after `seenAt` (ISO). What Keyhold goes on trying by itself is not in trouble yet.
 */
export type DealWithMany = {
  matching: InboxFilter;
  upTo: string;
  seenAt: string;
  reason: string;
};

type Row = { id: string; supplierId: string; state: InboxState; event: string | null };

/**
 * What a person does about many messages at once, the oldest first, up to `MOST_AT_ONCE` of them: each with its own
 * audit entry. Those in somebody's hands are left. Throws `forbidden`, or `invalid` (no reason, `upTo` or `seenAt`).
 */
export async function dealWithMessages(
  core: Core,
  actor: Actor,
  asked: DealWithMany,
  request: RequestFacts,
  deal: Deal,
): Promise<DealtWithMany> {
  requirePermission(actor, "suppliers.manage");
  const why = reasonText(asked.reason);
  if (!isUuid(asked.upTo)) throw new KeyholdError("invalid", "no message to go up to");
  if (Number.isNaN(Date.parse(asked.seenAt))) throw new KeyholdError("invalid", "seen at no time");
  const meant = conditionOf(asked, deal);
  return core.db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select m.id::text, m.supplier_id::text as "supplierId", m.state, m.event
      from inbox_messages m join suppliers s on s.id = m.supplier_id
      where ${meant} order by m.id limit ${MOST_AT_ONCE}::int
      for no key update of m skip locked`;
    if (rows.length > 0) {
      await deal.write(
        tx,
        rows.map(({ id }) => id),
      );
      await tellInbox(tx, core, [...new Set(rows.map(({ supplierId }) => supplierId))]);
      await appendAuditEntries(
        tx,
        core,
        actor,
        rows.map(({ id, supplierId, event, state }) => ({
          ...{ action: deal.action, objectKind: "inbox_message", objectId: id, reason: why },
          details: { supplierId, event, was: state },
          ...request,
        })),
      );
      await notify(tx, ["inbox"]);
    }
    const [left] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from (
        select from inbox_messages m join suppliers s on s.id = m.supplier_id
        where ${meant} limit ${COUNT_TO}::int) matching`;
    return { done: rows.length, left: left?.count ?? 0 };
  }, PATIENT);
}

function conditionOf({ matching, upTo, seenAt }: DealWithMany, { from }: Deal) {
  const { slug, states, orderId } = matching;
  const meant = TROUBLED_STATES.filter((state) => from(state) && (states?.includes(state) ?? true));
  return Prisma.join(
    [
      Prisma.sql`m.state = any(${meant}::text[]) and m.next_at is null
        and m.id <= ${upTo}::uuid and m.settled_at <= ${seenAt}::timestamptz`,
      ...(slug ? [Prisma.sql`s.slug = ${slug}`] : []),
      ...(orderId === undefined
        ? []
        : [isUuid(orderId) ? Prisma.sql`m.order_id = ${orderId}::uuid` : Prisma.sql`false`]),
    ],
    " and ",
  );
}
