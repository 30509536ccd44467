import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { User } from "#prisma/generated/client.ts";
import type { Actor } from "../actor.ts";
import { mayTouch } from "./people-policy.ts";

/**
 * Somebody's row, locked together with those of all owners: whoever changes people takes turns, so that two
 * owners can't each remove the other. Throws `not_found`, or `forbidden` where the actor may not touch him.
 */
export async function lockPerson(tx: Tx, actor: Actor, id: string): Promise<User> {
  if (!isUuid(id)) throw new KeyholdError("not_found", "no such person");
  await tx.$queryRaw`
    select id from users where role = 'owner' or id = ${id}::uuid order by id for no key update`;
  const user = await tx.user.findUnique({ where: { id } });
  if (!user) throw new KeyholdError("not_found", "no such person");
  if (!mayTouch(actor, user)) {
    throw new KeyholdError("forbidden", `${actor.name} may not touch ${user.role} ${user.id}`);
  }
  return user;
}

/** Whether nobody else could do what owners do: an owner counts who isn't disabled and has come in before, or could. */
export async function isLastOwner(tx: Tx, { id, role }: User): Promise<boolean> {
  if (role !== "owner") return false;
  const others = await tx.user.count({
    where: {
      ...{ id: { not: id }, role: "owner", disabledAt: null },
      OR: [{ passwordHash: { not: null } }, { identities: { some: {} } }],
    },
  });
  return others === 0;
}
