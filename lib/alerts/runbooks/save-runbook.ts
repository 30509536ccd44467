import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { problemsOf } from "./buttons.ts";
import { changeRunbook } from "./change-runbook.ts";
import { requireRunbook } from "./find-runbook.ts";
import { shippedRunbook } from "./shipped-runbook.ts";
import type { SavedRunbook } from "./types.ts";

/**
 * Writes a runbook anew; it counts at the next reading. A text equal to the shipped one restores that. Throws
 * `forbidden`, `not_found`, or `conflict` where somebody else changed it since `version`.
 */
export async function saveRunbook(
  core: Core,
  actor: Actor,
  input: { kind: string; locale: string; markdown: string; version: number },
  request: RequestFacts,
): Promise<SavedRunbook> {
  requirePermission(actor, "alerts.configure");
  const name = requireRunbook(input);
  const markdown = input.markdown.replace(/\r\n?/g, "\n").trim();
  const problems = problemsOf(name.kind, markdown);
  if (problems.length > 0) return { kind: "invalid", problems };
  const shipped = await shippedRunbook(name.kind, name.locale);
  const wish = { version: input.version, markdown: markdown === shipped ? null : markdown };
  return { kind: "saved", runbook: await changeRunbook(core, actor, name, wish, request) };
}
