import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Facts } from "./decision.ts";
import type { TimelineKind } from "./timeline.ts";

/** Entries that repeat by the dozen; a run of them is one line with a count. */
const FOLDED: TimelineKind[] = ["looked", "look_failed", "not_found"];

export type NewEntry = { kind: TimelineKind; data: Facts; actor?: string };

/** The newest line of an order's timeline. */
export type LastEntry = { id: string; kind: string; count: Facts[string] };

/** What is appended to one order's timeline; `last` is its newest line so far. */
export type Appended = { orderId: string; entries: NewEntry[]; last: LastEntry | null };

/** Appends entries to an order's timeline, within the transaction of what they tell of. */
export async function writeTimeline(
  tx: Tx,
  core: Pick<Core, "newId">,
  orderId: string,
  entries: NewEntry[],
  at: Date,
): Promise<void> {
  const folds = entries.some(({ kind }) => FOLDED.includes(kind));
  const last = folds ? await lastEntry(tx, orderId) : null;
  await writeTimelines(tx, core, [{ orderId, entries, last }], at);
}

/** The same for many orders whose newest lines are known, in two statements. */
export async function writeTimelines(
  tx: Tx,
  core: Pick<Core, "newId">,
  appended: Appended[],
  at: Date,
): Promise<void> {
  const fresh: { id: string; orderId: string; kind: TimelineKind; actor?: string; data: Facts }[] =
    [];
  const folded = new Map<string, Facts>();
  for (const { orderId, entries, last } of appended) {
    let open = last;
    for (const { kind, data, actor } of entries) {
      if (open && FOLDED.includes(kind) && open.kind === kind) {
        const count = Number(open.count ?? 1) + 1;
        folded.set(open.id, { ...data, count, lastAt: at.toISOString() });
        open = { ...open, count };
      } else {
        // Only a run without a break is folded.
        open = null;
        fresh.push({ id: core.newId(), orderId, kind, data, ...(actor && { actor }) });
      }
    }
  }
  if (folded.size > 0) {
    const rows = [...folded].map(([id, data]) => ({ id, data }));
    await tx.$executeRaw`
      update timeline_entries t set data = r.data
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, data jsonb) where t.id = r.id`;
  }
  if (fresh.length > 0) {
    await tx.$executeRaw`
      insert into timeline_entries (id, order_id, at, kind, actor, data)
      select r.id, r."orderId", ${at}::timestamptz, r.kind, r.actor, r.data
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r(
        id uuid, "orderId" uuid, kind text, actor text, data jsonb)`;
  }
}

async function lastEntry(tx: Tx, orderId: string): Promise<LastEntry | null> {
  const entry = await tx.timelineEntry.findFirst({
    where: { orderId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { id: true, kind: true, data: true },
  });
  return entry && { id: entry.id, kind: entry.kind, count: (entry.data as Facts).count ?? null };
}
