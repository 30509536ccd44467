import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { AlertKind } from "../alert-policy.ts";
import { findRunbook, requireRunbook } from "./find-runbook.ts";
import type { RunbookLocale, RunbookView } from "./types.ts";

/** What to do about alerts of a kind, in Markdown. Throws `forbidden` or `not_found`. */
export async function readRunbook(
  { db }: Pick<Core, "db">,
  actor: Actor,
  kind: AlertKind,
  locale: RunbookLocale,
): Promise<RunbookView> {
  requirePermission(actor, "alerts.read");
  return findRunbook(db, requireRunbook({ kind, locale }));
}
