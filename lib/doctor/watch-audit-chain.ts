import { writeAnchor } from "#lib/audit/anchor.ts";
import { readHead } from "#lib/audit/read-chain.ts";
import type { ChainEnd, ChainVerdict } from "#lib/audit/verify-chain.ts";
import { isWatchDue, verifyOn } from "#lib/audit/watch.ts";
import {
  LOG_ANCHOR_EVERY_MS,
  MAIL_ANCHOR_EVERY_MS,
  VERIFY_EVERY_MS,
} from "#lib/audit/watch-limits.ts";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";

/** Safety's number for it: "the audit chain verifies from its first entry to the anchored head". */
export const CHAIN_INVARIANT = "I18";

/**
 * Verifies the audit chain and puts its end elsewhere, each at its own pace across all processes. Opens a
 * signal while it is broken.
 */
export async function watchAuditChain(core: Core): Promise<void> {
  const { db, now } = core;
  const isDue = (what: "verify" | "log" | "mail", everyMs: number) =>
    db.$transaction((tx) => isWatchDue(tx, what, now(), everyMs));
  if (await isDue("verify", VERIFY_EVERY_MS)) await signal(core, await verifyOn(core));
  if (await isDue("log", LOG_ANCHOR_EVERY_MS)) await logAnchor(core);
  await db.$transaction((tx) => mailAnchor(tx, core));
}

async function signal(core: Core, { broken, last }: ChainVerdict): Promise<void> {
  const { db, log } = core;
  const isNews = await db.$transaction((tx) =>
    broken
      ? openSystemSignal(tx, core, "invariant_violated", CHAIN_INVARIANT, { count: 1, ...broken })
      : clearSystemSignal(tx, core, "invariant_violated", CHAIN_INVARIANT),
  );
  if (!isNews) return;
  if (broken) log.error({ broken, last }, "the audit chain is broken");
  else log.info({ last }, "the audit chain is whole again");
}

/** Whoever collects the log has it where nobody with the database reaches it. */
async function logAnchor({ db, log }: Core): Promise<void> {
  const head = await readHead(db);
  if (hasEntries(head)) log.info({ anchor: writeAnchor(head) }, "audit anchor");
}

const hasEntries = (head: ChainEnd | null): head is ChainEnd => head !== null && head.seq !== "0";

/** To each owner, by the first endpoint that mails; nothing is due while there is none. */
async function mailAnchor(tx: Tx, core: Core): Promise<void> {
  const endpoint = await tx.endpoint.findFirst({
    where: { channel: "email", deletedAt: null, disabledAt: null, pausedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const head = await readHead(tx);
  if (!endpoint || !hasEntries(head)) return;
  const now = core.now();
  if (!(await isWatchDue(tx, "mail", now, MAIL_ANCHOR_EVERY_MS))) return;
  const owners = await tx.user.findMany({
    where: { role: "owner", disabledAt: null },
    orderBy: { email: "asc" },
    select: { name: true, email: true },
  });
  const anchor = writeAnchor(head);
  const entries = await tx.auditEntry.count();
  const events = owners.map(
    ({ name, email: address }): NewEvent => ({
      ...{ type: "audit.anchor", version: EVENT_VERSION, subject: "audit", orderId: null },
      ...{ isMock: false, productIds: [], endpointId: endpoint.id },
      data: { anchor, at: now.toISOString(), entries, to: { name, address } },
    }),
  );
  await announce(tx, core, events, now);
}
