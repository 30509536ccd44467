import {
  type Grant,
  mayDo,
  type Permission,
  type Role,
  type Scope,
} from "#lib/access/permissions.ts";

/** What a door wants of whoever comes. All but the last three are about people in a session. */
export type Right =
  | Permission
  /** Whoever is signed in, whatever he may do. */
  | "signed in"
  /** Whoever is between the two steps of signing in; to whoever is through with them it is shut. */
  | "half signed in"
  /** A session is neither asked for nor looked at. */
  | "anybody"
  /** A machine of the operator's own, by CRON_SECRET. */
  | "secret"
  /** A supplier's push, by its signature. */
  | "signature"
  /** A storefront, by a key with this scope; no session counts here. */
  | `key ${Scope}`;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Whether a person who is signed in, or nobody, comes through; null where that isn't about people. */
export function letsIn(
  right: Right,
  person: { role: Role; grants: readonly Grant[] } | null,
): boolean | null {
  if (right === "anybody") return true;
  if (right === "secret" || right === "signature" || right.startsWith("key ")) return null;
  if (person === null || right === "half signed in") return false;
  if (right === "signed in") return true;
  return mayDo(person, right as Permission);
}

/** Whether a key with one scope comes through: whoever may place orders may read them too. */
export function letsKeyIn(right: Right, scope: Scope): boolean {
  return right === `key ${scope}` || (right === "key orders:read" && scope === "orders:write");
}
