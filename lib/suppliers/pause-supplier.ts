import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { LONGEST_PAUSE_MS, type PausedWork } from "./pause-policy.ts";

export type PauseInput = { supplierId: string; until: Date; reason: string };

/**
 * Creates and pays nothing at an account until then. Permits end with its commit, but for those that are being
 * given at that moment; what has one may leave within `SEND_WINDOW_MS` of it. Calls under way come to their end,
 * and their answers are taken. A pause that lasts is replaced. Throws `forbidden`, `not_found` or `invalid`
 * (reason or end).
 */
export const pauseOrdering = (core: Core, actor: Actor, pause: PauseInput, request: RequestFacts) =>
  pauseWork(core, actor, "ordering", pause, request);

/** The same of looks, lists and the catalogue. What the supplier tells by itself is taken all the same. */
export const pausePolling = (core: Core, actor: Actor, pause: PauseInput, request: RequestFacts) =>
  pauseWork(core, actor, "polling", pause, request);

/** Ends the pause early; what has waited is due at once. Throws `forbidden`, `not_found` or `conflict` (none lasts). */
export const resumeOrdering = (
  core: Core,
  actor: Actor,
  of: { supplierId: string },
  request: RequestFacts,
) => resumeWork(core, actor, "ordering", of.supplierId, request);

export const resumePolling = (
  core: Core,
  actor: Actor,
  of: { supplierId: string },
  request: RequestFacts,
) => resumeWork(core, actor, "polling", of.supplierId, request);

async function pauseWork(
  core: Core,
  actor: Actor,
  work: PausedWork,
  { supplierId, until, reason: why }: PauseInput,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "suppliers.manage");
  const reason = reasonText(why);
  const lastsMs = until.getTime() - core.now().getTime();
  // Asked so that it also refuses a date that is none.
  if (!(lastsMs > 0 && lastsMs <= LONGEST_PAUSE_MS))
    throw new KeyholdError("invalid", "a pause ends within 30 days");
  await core.db.$transaction(async (tx) => {
    const row = await lockSupplier(tx, supplierId);
    await setPause(tx, supplierId, work, { until, why: reason, by: actor.name });
    await appendAuditEntry(tx, core, actor, {
      action: `supplier.${work}-paused`,
      objectKind: "supplier",
      objectId: supplierId,
      reason,
      details: { supplier: row.slug, until: until.toISOString() },
      before: { pausedUntil: lastsUntil(core, row, work)?.toISOString() ?? null },
      after: { pausedUntil: until.toISOString() },
      ...request,
    });
    await notify(tx, ["suppliers", "work"]);
  });
}

async function resumeWork(
  core: Core,
  actor: Actor,
  work: PausedWork,
  supplierId: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "suppliers.manage");
  await core.db.$transaction(async (tx) => {
    const row = await lockSupplier(tx, supplierId);
    const until = lastsUntil(core, row, work);
    if (until === null) throw new KeyholdError("conflict", `${work} at ${row.slug} is not paused`);
    await setPause(tx, supplierId, work, null);
    await appendAuditEntry(tx, core, actor, {
      action: `supplier.${work}-resumed`,
      objectKind: "supplier",
      objectId: supplierId,
      details: { supplier: row.slug, until: until.toISOString() },
      before: { pausedUntil: until.toISOString() },
      after: { pausedUntil: null },
      ...request,
    });
    await notify(tx, ["suppliers", "work"]);
  });
}

async function lockSupplier(tx: Tx, id: string) {
  if (isUuid(id)) {
    // Not the stronger lock, for which new orders of this supplier would have to wait.
    await tx.$queryRaw`select id from suppliers where id = ${id}::uuid for no key update`;
    const row = await tx.supplier.findUnique({
      where: { id },
      select: { slug: true, orderingPausedUntil: true, pollingPausedUntil: true },
    });
    if (row) return row;
  }
  throw new KeyholdError("not_found", `supplier ${id}`);
}

/** The end of the pause that is on now, or null. */
function lastsUntil(
  core: Core,
  row: { orderingPausedUntil: Date | null; pollingPausedUntil: Date | null },
  work: PausedWork,
): Date | null {
  const until = work === "ordering" ? row.orderingPausedUntil : row.pollingPausedUntil;
  return until !== null && until > core.now() ? until : null;
}

type Pause = { until: Date; why: string; by: string };

async function setPause(tx: Tx, id: string, work: PausedWork, pause: Pause | null): Promise<void> {
  const { until, why, by } = pause ?? { until: null, why: null, by: null };
  const data =
    work === "ordering"
      ? { orderingPausedUntil: until, orderingPausedWhy: why, orderingPausedBy: by }
      : { pollingPausedUntil: until, pollingPausedWhy: why, pollingPausedBy: by };
  await tx.supplier.update({ where: { id }, data });
}
