import { z } from "zod";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { GRANTS, ROLES } from "../permissions.ts";
import { requireRecentProof } from "../proof.ts";
import { personName } from "./invite-user.ts";
import { keysSeenBy } from "./keys-seen-by.ts";
import { isLastOwner, lockPerson } from "./lock-person.ts";
import { mayGive, requireMayGrant } from "./people-policy.ts";
import { personFacts } from "./person-facts.ts";
import { spendLimits } from "./spend-limit-input.ts";
import type { SeenKey } from "./types.ts";

const change = z.strictObject({
  id: z.uuid(),
  name: personName.optional(),
  role: z.enum(ROLES).optional(),
  grants: z.array(z.enum(GRANTS)).max(GRANTS.length).optional(),
  spendLimits: spendLimits.optional(),
});

export type PersonChange = z.input<typeof change>;
export type ChangeResult =
  /** Where he may do or spend something else now: with the API keys that he was shown, which are as they were. */
  | { kind: "saved"; keys: SeenKey[] }
  /** Nobody else could manage people then. */
  | { kind: "last_owner" }
  | { kind: "invalid"; fields: string[] };

/**
 * Changes what somebody may do; what is left out stays. Another role or other grants end his sessions, from the very
 * next request on. Throws `forbidden` (also for oneself, for owners where the actor is none, and for a role or a new
 * grant above what he may give), `proof_needed` or `not_found`.
 * @param input as it came through the door
 */
export async function changePerson(
  core: Core,
  actor: Actor,
  input: unknown,
  request: RequestFacts,
): Promise<ChangeResult> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  const parsed = change.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => String(path[0] ?? ""));
    return { kind: "invalid", fields: [...new Set(fields)] };
  }
  const { id, spendLimits: limits, ...wish } = parsed.data;
  return core.db.$transaction(async (tx): Promise<ChangeResult> => {
    const user = await lockPerson(tx, actor, id);
    const role = wish.role ?? user.role;
    if (role !== user.role) {
      if (!mayGive(actor, role)) {
        throw new KeyholdError("forbidden", `${actor.name} may not make somebody ${role}`);
      }
      if (await isLastOwner(tx, user)) return { kind: "last_owner" };
    }
    requireMayGrant(
      actor,
      (wish.grants ?? []).filter((grant) => !user.grants.includes(grant)),
    );
    const had = await tx.spendLimit.findMany({ where: { userId: id } });
    const before = {
      ...user,
      spendLimits: had.map(({ currency, perDay }) => ({ currency, perDay: perDay.toFixed() })),
    };
    const after = {
      name: wish.name ?? user.name,
      role,
      grants: wish.grants ? GRANTS.filter((grant) => wish.grants?.includes(grant)) : user.grants,
      spendLimits: limits ?? before.spendLimits,
    };
    const { name, grants } = after;
    const facts = { before: personFacts(before), after: personFacts(after) };
    const isOther = JSON.stringify({ ...facts.before, name }) !== JSON.stringify(facts.after);
    await tx.user.update({ where: { id }, data: { name, role, grants } });
    if (limits) {
      await tx.spendLimit.deleteMany({ where: { userId: id } });
      await tx.spendLimit.createMany({ data: limits.map((limit) => ({ userId: id, ...limit })) });
    }
    await appendAuditEntry(tx, core, actor, {
      action: "user.changed",
      objectKind: "user",
      objectId: id,
      ...facts,
      ...request,
    });
    return { kind: "saved", keys: isOther ? await keysSeenBy(tx, core, id) : [] };
  });
}
