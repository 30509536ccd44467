import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { type CodeParts, partsOf } from "./code-parts.ts";
import { openCode, placeOf } from "./code-seal.ts";
import { countReveals, watchVolume } from "./count-reveals.ts";
import { noteTellsCode } from "./note-tells-code.ts";
import { REVEALS_AN_HOUR } from "./reveal-limits.ts";

/** A code in the open: what a person copies, and what it is made of. */
export type RevealedCode = { value: string; parts: CodeParts };

export type RevealResult =
  | { kind: "shown"; code: RevealedCode }
  /** The person has revealed as many as an hour allows. */
  | { kind: "capped"; limit: number; freeAt: string };

/**
 * Opens one code for a person who says why. The audit entry is committed before the plaintext leaves this
 * function: no entry, no reveal. Throws `forbidden`, `proof_needed`, `invalid` (no reason, or the
 * code itself in it) or `not_found`;
 * withheld codes stay closed.
 */
export async function revealCode(
  core: Core & { sealer: Sealer },
  actor: Actor,
  codeId: string,
  why: string,
  request: { address: string | null; correlationId: string | null },
): Promise<RevealResult> {
  requirePermission(actor, "codes.reveal");
  const reason = reasonText(why);
  requireRecentProof(core, actor);
  const code = await core.db.code.findUnique({
    where: { id: codeId },
    include: { item: { select: { position: true } } },
  });
  if (!code) throw new KeyholdError("not_found", `code ${codeId}`);
  // A reason is kept in the open.
  if (noteTellsCode(core.sealer, [code.blindIndex], reason)) {
    throw new KeyholdError("invalid", "the reason has the code in it");
  }
  const plain = await openCode(core.sealer, placeOf(code), code.sealed);
  const { orderId, position, item } = code;
  const now = core.now();
  const freeAt = await core.db.$transaction(async (tx) => {
    const person = actor.kind === "user" ? actor : null;
    const taken = person && (await countReveals(tx, core, person));
    if (taken?.freeAt) return taken.freeAt;
    // Asked under the row's lock: an order that fails meanwhile withholds its codes.
    const open = await tx.$executeRaw`
      update codes set revealed_at = coalesce(revealed_at, ${now})
      where id = ${codeId}::uuid and state <> 'withheld'`;
    if (open === 0) throw new KeyholdError("forbidden", `code ${codeId} is withheld`);
    await appendAuditEntry(tx, core, actor, {
      action: "code.revealed",
      objectKind: "code",
      objectId: codeId,
      reason,
      details: orderId ? { orderId, item: item?.position ?? 0, position } : { position },
      ...request,
    });
    if (taken) await watchVolume(tx, core, taken, 1);
    await notify(tx, orderId ? ["codes", `order:${orderId}`] : ["codes"]);
    return null;
  });
  if (freeAt) return { kind: "capped", limit: REVEALS_AN_HOUR, freeAt: freeAt.toISOString() };
  return { kind: "shown", code: { value: plain.value, parts: partsOf(plain.value, plain.raw) } };
}
