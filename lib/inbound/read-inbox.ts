import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { COUNT_TO, PAGE_SIZE } from "./inbox-policy.ts";
import { readProblem } from "./problem.ts";
import type { InboxCounts, InboxFilter, InboxPage, InboxRow, InboxState } from "./types.ts";

/** Of a row, what a list shows. */
export const ROW = {
  id: true,
  via: true,
  event: true,
  state: true,
  receivedAt: true,
  repeats: true,
  tries: true,
  nextAt: true,
  problem: true,
  orderId: true,
  supplier: { select: { slug: true, name: true } },
} as const satisfies Prisma.InboxMessageSelect;

/** What suppliers told us, newest first, by keyset. */
export async function readInbox(
  core: Pick<Core, "db">,
  actor: Actor,
  { slug, states, orderId }: InboxFilter,
  { after }: { after?: string | undefined } = {},
): Promise<InboxPage> {
  requirePermission(actor, "suppliers.read");
  const [rows, counts] = await Promise.all([
    core.db.inboxMessage.findMany({
      where: {
        ...(slug ? { supplier: { slug } } : {}),
        ...(states ? { state: { in: [...states] } } : {}),
        ...(isUuid(orderId) ? { orderId } : {}),
        ...(isUuid(after) ? { id: { lt: after } } : {}),
      },
      orderBy: { id: "desc" },
      take: PAGE_SIZE + 1,
      select: ROW,
    }),
    countInbox(core, slug),
  ]);
  const messages = rows.slice(0, PAGE_SIZE).map(toRow);
  const last = rows.length > PAGE_SIZE ? messages.at(-1) : undefined;
  return { messages, next: last?.id ?? null, counts };
}

/** What waits, and what somebody has to look at. */
async function countInbox(
  { db }: Pick<Core, "db">,
  slug: string | undefined,
): Promise<InboxCounts> {
  const [counts] = await db.$queryRaw<InboxCounts[]>`
    select
      (select count(*)::int from (select from inbox_messages m join suppliers s on s.id = m.supplier_id
        where m.next_at is not null and m.state = 'waiting' and (${slug ?? null}::text is null or s.slug = ${slug ?? null})
        limit ${COUNT_TO}::int) w) as waiting,
      count(*) filter (where state = 'unmatched')::int as unmatched,
      count(*) filter (where state = 'unreadable')::int as unreadable,
      count(*) filter (where state = 'failed')::int as failed
    from (
      select m.state from inbox_messages m join suppliers s on s.id = m.supplier_id
      where m.state in ('unmatched', 'unreadable', 'failed')
        and (${slug ?? null}::text is null or s.slug = ${slug ?? null})
      limit ${COUNT_TO}::int) troubled`;
  return counts ?? { waiting: 0, unmatched: 0, unreadable: 0, failed: 0 };
}

export const toRow = (row: Prisma.InboxMessageGetPayload<{ select: typeof ROW }>): InboxRow => ({
  ...row,
  via: row.via === "socket" ? "socket" : "webhook",
  state: row.state as InboxState,
  receivedAt: row.receivedAt.toISOString(),
  nextAt: row.nextAt?.toISOString() ?? null,
  problem: readProblem(row.problem),
});
