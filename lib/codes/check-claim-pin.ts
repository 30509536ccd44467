import { CUSTOMER } from "#lib/access/actor.ts";
import { verifyPassword } from "#lib/access/password.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { ClaimLink } from "#prisma/generated/client.ts";
import { CLAIM_PIN, CLAIM_PIN_TRIES } from "./claim-limits.ts";
import type { ClaimOpening } from "./claim-types.ts";
import { notifyHandOut } from "./notify-hand-out.ts";

type Refused = Extract<ClaimOpening, { kind: "pin_needed" | "wrong_pin" | "locked" }>;

/**
 * Checks the PIN of a link that has one; null where it is right. A try is counted before it is checked, in
 * one statement, so parallel guesses get no further than the link's few tries in all.
 */
export async function checkClaimPin(
  core: Core,
  link: ClaimLink,
  given: unknown,
  request: { address: string | null; correlationId: string | null },
): Promise<Refused | null> {
  const pin = typeof given === "string" ? plainDigits(given) : "";
  // What can't be a PIN is a slip of the finger, not a guess.
  if (!CLAIM_PIN.test(pin)) return { kind: "pin_needed" };
  const rows = await core.db.$queryRaw<{ tries: number }[]>`
    update claim_links set wrong_tries = wrong_tries + 1
    where id = ${link.id}::uuid and wrong_tries < ${CLAIM_PIN_TRIES} and opened_at is null
    returning wrong_tries as tries`;
  const tries = rows[0]?.tries;
  if (tries === undefined) return { kind: "locked" };
  if (await verifyPassword(link.pinHash, pin)) {
    // Given back at once: what fails from here on is no fault of his.
    await core.db.claimLink.update({
      where: { id: link.id },
      data: { wrongTries: { decrement: 1 } },
    });
    return null;
  }
  if (tries < CLAIM_PIN_TRIES) return { kind: "wrong_pin", triesLeft: CLAIM_PIN_TRIES - tries };
  await core.db.$transaction(async (tx) => {
    await appendAuditEntry(tx, core, CUSTOMER, {
      action: "claim_link.locked",
      objectKind: "hand_out",
      objectId: link.handOutId,
      details: { linkId: link.id, tries },
      ...request,
    });
    await notifyHandOut(tx, link.handOutId);
  });
  return { kind: "locked" };
}

/** Spaces between digits and the digits of a Hindi keyboard are no other PIN. */
function plainDigits(text: string): string {
  return text
    .slice(0, 40)
    .replace(/[\s-]+/g, "")
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966));
}
