import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { findRunbook, type RunbookName, runbookId } from "./find-runbook.ts";
import type { RunbookView } from "./types.ts";

/** Puts a text in the place of a runbook's, or with null the shipped one. The caller has checked the right to. */
export async function changeRunbook(
  core: Core,
  actor: Actor,
  name: RunbookName,
  { version, markdown }: { version: number; markdown: string | null },
  request: RequestFacts,
): Promise<RunbookView> {
  const { kind, locale } = name;
  const id = runbookId(name);
  return core.db.$transaction(async (tx) => {
    // There may be no row to lock.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`runbook ${id}`}, 0))`;
    const before = await findRunbook(tx, name);
    if (before.version !== version) {
      throw new KeyholdError("conflict", `runbook ${id} was changed meanwhile`);
    }
    const isSame = markdown === null ? !before.isEdited : markdown === before.markdown;
    if (isSame) return before;
    if (markdown === null) {
      await tx.runbook.delete({ where: { kind_locale: { kind, locale } } });
    } else {
      const data = {
        ...{ markdown, version: version + 1 },
        ...{ updatedAt: core.now(), updatedBy: actor.name },
      };
      await tx.runbook.upsert({
        where: { kind_locale: { kind, locale } },
        create: { kind, locale, ...data },
        update: data,
      });
    }
    await appendAuditEntry(tx, core, actor, {
      action: markdown === null ? "runbook.restored" : "runbook.changed",
      objectKind: "runbook",
      objectId: id,
      details: { characters: before.markdown.length, ...(markdown && { now: markdown.length }) },
      ...request,
    });
    // Of a restored one, versions are counted by entries, and this one's is written with the commit.
    return { ...(await findRunbook(tx, name)), version: version + 1 };
  });
}
