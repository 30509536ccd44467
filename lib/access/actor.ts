import { KeyholdError } from "#lib/platform/errors.ts";
import {
  type Grant,
  mayDo,
  type Permission,
  type Role,
  type Scope,
  scopesAllow,
} from "./permissions.ts";

/** Who acts: a person in a session, a storefront with an API key, or one of our own jobs by name. */
export type Actor =
  | {
      kind: "user";
      id: string;
      name: string;
      email: string;
      role: Role;
      grants: readonly Grant[];
      sessionId: string;
      /** When this session last proved that it is still him: at sign-in, or when asked again. */
      provedAt: Date | null;
    }
  | { kind: "key"; id: string; name: string; scopes: readonly Scope[] }
  | { kind: "job"; name: string };

/** Somebody outside, who has a claim link and nothing else. He acts, but there is nothing he may do. */
export const CUSTOMER = { kind: "customer", name: "customer" } as const;

/** The first line of every verb. Throws `forbidden`; our own jobs may do what they were written for. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (can(actor, permission)) return;
  throw new KeyholdError("forbidden", `${actor.name} lacks ${permission}`);
}

export function can(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "job":
      return true;
    case "key":
      return scopesAllow(actor.scopes, permission);
    case "user":
      return mayDo(actor, permission);
  }
}

/** The columns by which rows remember who did something. */
export function actorColumns(actor: Actor | typeof CUSTOMER): {
  actorKind: string;
  actorId: string | null;
  actorName: string;
} {
  return {
    actorKind: actor.kind,
    actorId: actor.kind === "user" || actor.kind === "key" ? actor.id : null,
    actorName: actor.name,
  };
}
