import { KeyholdError } from "#lib/platform/errors.ts";
import type { Actor } from "../actor.ts";
import { can } from "../actor.ts";
import type { Grant, Role } from "../permissions.ts";

type Touched = { id: string; role: Role };

/** Whether this actor may change, disable or let in anew somebody: only owners touch owners, and nobody himself. */
export function mayTouch(actor: Actor, { id, role }: Touched): boolean {
  if (!can(actor, "people.manage")) return false;
  if (actor.kind === "job") return true;
  return actor.kind === "user" && actor.id !== id && (role !== "owner" || actor.role === "owner");
}

/** Whether this actor may make somebody this: nobody makes an owner but an owner. */
export function mayGive(actor: Actor, role: Role): boolean {
  if (!can(actor, "people.manage")) return false;
  return (
    role !== "owner" || actor.kind === "job" || (actor.kind === "user" && actor.role === "owner")
  );
}

/** Whether this actor may give somebody this grant: whoever has it himself, and owners. */
export function mayGrant(actor: Actor, grant: Grant): boolean {
  if (!can(actor, "people.manage")) return false;
  if (actor.kind !== "user") return actor.kind === "job";
  return actor.role === "owner" || actor.grants.includes(grant);
}

/** Throws `forbidden` unless the actor may give each of them. */
export function requireMayGrant(actor: Actor, grants: readonly Grant[]): void {
  const kept = grants.find((grant) => !mayGrant(actor, grant));
  if (kept) throw new KeyholdError("forbidden", `${actor.name} may not grant ${kept}`);
}
