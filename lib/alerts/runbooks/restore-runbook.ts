import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { changeRunbook } from "./change-runbook.ts";
import { requireRunbook } from "./find-runbook.ts";
import type { RunbookView } from "./types.ts";

/**
 * Takes an edited runbook back to the shipped one, also to the one of a later version of Keyhold. Throws
 * `forbidden`, `not_found`, or `conflict` where somebody else changed it since `version`.
 */
export async function restoreRunbook(
  core: Core,
  actor: Actor,
  input: { kind: string; locale: string; version: number },
  request: RequestFacts,
): Promise<RunbookView> {
  requirePermission(actor, "alerts.configure");
  const wish = { version: input.version, markdown: null };
  return changeRunbook(core, actor, requireRunbook(input), wish, request);
}
