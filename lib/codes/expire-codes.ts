import type { Actor } from "#lib/access/actor.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { noteOnCodes } from "./note-on-codes.ts";

const JOB: Actor = { kind: "job", name: "stock" };
/** Codes that one transaction takes: its locks are short. */
const AT_ONCE = 500;

/**
 * Takes codes out of stock whose time is over; who has one in hand just now keeps it until the next time. Any
 * number of processes may do so at once.
 * @returns `again` where more may be over
 */
export async function expireCodes(core: Core): Promise<"again" | "done"> {
  return core.db.$transaction(async (tx) => {
    const now = core.now();
    const codes = await tx.$queryRaw<{ id: string; orderId: string | null; expiresAt: Date }[]>`
      with over as (
        select id from codes
        where state in ('available', 'reserved') and expires_at is not null and expires_at <= ${now}
        order by expires_at limit ${AT_ONCE} for no key update skip locked)
      update codes c set state = 'expired', state_changed_at = ${now}
      from over where c.id = over.id
      returning c.id::text, c.order_id::text as "orderId", c.expires_at as "expiresAt"`;
    if (codes.length === 0) return "done";
    const details = ({ expiresAt }: (typeof codes)[number]) => ({
      expiresAt: expiresAt.toISOString(),
    });
    await noteOnCodes(tx, core, JOB, codes, { action: "code.expired", details }, OWN_REQUEST);
    return codes.length < AT_ONCE ? "done" : "again";
  }, PATIENT);
}
