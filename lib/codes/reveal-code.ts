import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Json } from "#lib/platform/json.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { openCode } from "./code-seal.ts";

export type RevealedCode = {
  value: string;
  /** The other fields that came with it (pin, serial …), label and text. */
  fields: { label: string; text: string }[];
};

/**
 * Opens one code for a person. The audit entry is committed before the plaintext leaves this
 * function: no entry, no reveal. Throws `forbidden` or `not_found`; withheld codes stay closed.
 */
export async function revealCode(
  core: Core & { sealer: Sealer },
  actor: Actor,
  codeId: string,
  request: { address: string | null; correlationId: string | null },
): Promise<RevealedCode> {
  requirePermission(actor, "codes.reveal");
  const code = await core.db.code.findUnique({
    where: { id: codeId },
    include: { item: { select: { id: true, orderId: true, position: true } } },
  });
  if (!code) throw new KeyholdError("not_found", `code ${codeId}`);
  const { orderId } = code.item;
  const { position, itemId } = code;
  const plain = openCode(core.sealer, { codeId, orderId, itemId, position }, code.sealed);
  const now = core.now();
  await core.db.$transaction(async (tx) => {
    // Asked under the row's lock: an order that fails meanwhile withholds its codes.
    const open = await tx.$executeRaw`
      update codes set revealed_at = coalesce(revealed_at, ${now})
      where id = ${codeId}::uuid and not withheld`;
    if (open === 0) throw new KeyholdError("forbidden", `code ${codeId} is withheld`);
    await appendAuditEntry(tx, core, actor, {
      action: "code.revealed",
      objectKind: "order",
      objectId: orderId,
      details: { codeId, item: code.item.position, position },
      address: request.address,
      correlationId: request.correlationId,
    });
    await notify(tx, [`order:${orderId}`]);
  });
  return { value: plain.value, fields: extraFields(plain.value, plain.raw) };
}

function extraFields(value: string, raw: Json): RevealedCode["fields"] {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return [];
  // A code that is itself the JSON text of the whole entry shows everything already.
  if (value === JSON.stringify(raw)) return [];
  return Object.entries(raw)
    .filter(([, entry]) => entry !== null && entry !== "" && String(entry) !== value)
    .map(([label, entry]) => ({
      label,
      text: typeof entry === "object" ? JSON.stringify(entry) : String(entry),
    }));
}
