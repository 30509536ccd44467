import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { Facts } from "./decision.ts";
import type { TimelineKind } from "./timeline.ts";

/** Entries that repeat by the dozen; a run of them is one line with a count. */
const FOLDED: TimelineKind[] = ["looked", "look_failed"];

/** Appends entries to an order's timeline, within the transaction of what they tell of. */
export async function writeTimeline(
  tx: Tx,
  core: Pick<Core, "newId">,
  orderId: string,
  entries: { kind: TimelineKind; data: Facts; actor?: string }[],
  at: Date,
): Promise<void> {
  let last = entries.some(({ kind }) => FOLDED.includes(kind))
    ? await lastEntry(tx, orderId)
    : null;
  const fresh: Prisma.TimelineEntryCreateManyInput[] = [];
  for (const { kind, data, actor } of entries) {
    if (last && FOLDED.includes(kind) && last.kind === kind && fresh.length === 0) {
      const count = Number(last.data.count ?? 1) + 1;
      await tx.timelineEntry.update({
        where: { id: last.id },
        data: { data: { ...data, count, lastAt: at.toISOString() } },
      });
      last = { ...last, data: { count } };
    } else {
      fresh.push({ id: core.newId(), orderId, at, kind, actor: actor ?? null, data });
    }
  }
  if (fresh.length > 0) await tx.timelineEntry.createMany({ data: fresh });
}

async function lastEntry(
  tx: Tx,
  orderId: string,
): Promise<{ id: string; kind: string; data: Facts } | null> {
  const entry = await tx.timelineEntry.findFirst({
    where: { orderId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true, kind: true, data: true },
  });
  return entry ? { ...entry, data: entry.data as Facts } : null;
}
