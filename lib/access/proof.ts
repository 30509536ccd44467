import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Actor } from "./actor.ts";
import { PROOF_MINUTES } from "./proof-limits.ts";

/**
 * Throws `proof_needed` unless the person has proved within the last minutes that it is still him at the
 * screen. Asked after the permission: it says nothing about what he may do. Neither our own jobs nor API keys
 * have a screen.
 */
export function requireRecentProof(core: Pick<Core, "now">, actor: Actor): void {
  if (actor.kind !== "user") return;
  const oldest = core.now().getTime() - PROOF_MINUTES * 60_000;
  if (actor.provedAt && actor.provedAt.getTime() >= oldest) return;
  throw new KeyholdError("proof_needed", `${actor.name} last proved himself too long ago`);
}
