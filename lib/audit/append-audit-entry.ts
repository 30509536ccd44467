import { type Actor, actorColumns, type CUSTOMER } from "#lib/access/actor.ts";
import { gatherUntilCommit } from "#lib/platform/before-commit.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { AuditObjectKind } from "./types.ts";
import { type NewEntry, writeChained } from "./write-chained.ts";

/** Small facts of an object; never a secret. */
export type AuditFacts = Record<string, string | number | boolean | null | string[]>;

export type AuditEntryInput = {
  /** `room.what-happened`, e.g. `code.revealed`. */
  action: string;
  objectKind: AuditObjectKind;
  objectId: string;
  reason?: string;
  /** Ids and counts; never a secret. */
  details?: Record<string, string | number | boolean | null>;
  /** Of what was changed, how it was. */
  before?: AuditFacts;
  /** Of what was changed, how it is since. */
  after?: AuditFacts;
  address: string | null;
  /** The browser or program it was done with. */
  agent?: string | null;
  correlationId: string | null;
};

/**
 * Appends within the caller's transaction, so that the act and its entry stand or fall together. Written as the
 * last thing before the commit, in the order of the calls: until then the transaction doesn't see it.
 */
export async function appendAuditEntry(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor | typeof CUSTOMER,
  entry: AuditEntryInput,
): Promise<void> {
  await gatherUntilCommit(tx, "audit entries", [toEntry(core, actor, entry)], writeChained);
}

/** The same for many, in their order. */
export async function appendAuditEntries(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  entries: AuditEntryInput[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => toEntry(core, actor, entry));
  await gatherUntilCommit(tx, "audit entries", rows, writeChained);
}

const toEntry = (
  core: Pick<Core, "now">,
  actor: Actor | typeof CUSTOMER,
  entry: AuditEntryInput,
): NewEntry => ({
  ...actorColumns(actor),
  at: core.now(),
  action: entry.action,
  objectKind: entry.objectKind,
  objectId: entry.objectId,
  reason: entry.reason ?? null,
  details: entry.details ?? {},
  before: entry.before ?? null,
  after: entry.after ?? null,
  address: entry.address,
  agent: entry.agent ?? null,
  correlationId: entry.correlationId,
});
