import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type Actor, requirePermission } from "../actor.ts";
import type { LinkCore } from "../context.ts";
import { requireRecentProof } from "../proof.ts";
import { lockPerson } from "./lock-person.ts";
import { makeUserLink, type UserLink } from "./user-link.ts";

/**
 * A link by which somebody sets another password, or, while he has none, his first. The password of before holds until
 * then. Throws `forbidden`, `proof_needed`, `not_found`, or `conflict` where the person is disabled.
 */
export async function resetUser(
  core: LinkCore,
  actor: Actor,
  userId: string,
  request: RequestFacts,
): Promise<UserLink> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  return core.db.$transaction(async (tx) => {
    const user = await lockPerson(tx, actor, userId);
    if (user.disabledAt) throw new KeyholdError("conflict", "a disabled person gets no link");
    const link = await makeUserLink(tx, core, user, actor.name);
    await appendAuditEntry(tx, core, actor, {
      action: link.kind === "invite" ? "user.invited-again" : "user.reset-link-made",
      objectKind: "user",
      objectId: user.id,
      ...request,
    });
    return link;
  });
}
