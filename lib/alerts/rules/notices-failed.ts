import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { Rule } from "./rule.ts";
import { isUntold, LATELY_MS } from "./untold.ts";

type Facts = { id: string; name: string; channel: string; count: number; at: Date };

/** The signal of it that stands, if any. */
const standing = Prisma.sql`key = 'notices_failed' and cleared_at is null`;

const untold = isUntold(Prisma.sql`
  select max((g.data->>'at')::timestamptz) from system_signals g
  where g.key = 'notices_failed' and g.subject = d.endpoint_id::text and g.cleared_at is not null`);

/** An endpoint never got a notice, or what else it asks for that is about no order. */
export const noticesFailed: Rule = {
  name: "notices_failed",
  kinds: ["notices_failed"],
  everyMs: 20_000,
  async judge(ctx) {
    const failed = await ctx.db.$queryRaw<Facts[]>`
      select e.id::text, e.name, e.channel, count(distinct d.event_id)::int as count,
        -- As it was first told: what failed after that is told anew, should somebody end it who didn't see it.
        coalesce((
          select (data->>'at')::timestamptz from system_signals where subject = e.id::text and ${standing}),
          max(d.finished_at)) as at
      from deliveries d join endpoints e on e.id = d.endpoint_id and e.deleted_at is null
      where ${untold} and d.order_id is null
        and d.finished_at > (select least(${ctx.now()}, min(opened_at)) from system_signals where ${standing})
          - make_interval(secs => ${LATELY_MS / 1_000})
      group by e.id order by e.id`;
    const ids = failed.map(({ id }) => id);
    await ctx.db.$transaction(async (tx) => {
      for (const { id, at, ...facts } of failed) {
        await openSystemSignal(tx, ctx, "notices_failed", id, { ...facts, at: at.toISOString() });
      }
      const over = await tx.systemSignal.findMany({
        where: { key: "notices_failed", clearedAt: null, subject: { notIn: ids } },
        select: { subject: true },
      });
      for (const { subject } of over) await clearSystemSignal(tx, ctx, "notices_failed", subject);
    });
  },
};
