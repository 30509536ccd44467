import { ROLES, type Role } from "../permissions.ts";

/** A provider that tells who somebody is, as it is configured. */
export type SingleSignOn = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** On the button. */
  name: string;
  /** Null where roles are given here alone. */
  roles: { claim: string; of: ReadonlyMap<string, Role> } | null;
  /** Whether it is known, or taken for granted, that the provider asks for a second factor. */
  secondFactor: "claim" | "trusted";
};

type Settings = {
  OIDC_ISSUER?: string | undefined;
  OIDC_CLIENT_ID?: string | undefined;
  OIDC_CLIENT_SECRET?: string | undefined;
  OIDC_NAME: string;
  OIDC_SCOPE: string;
  OIDC_ROLE_CLAIM?: string | undefined;
  OIDC_ROLES?: string | undefined;
  OIDC_SECOND_FACTOR: "claim" | "trusted";
};

/** Null where it isn't configured. Throws a sentence where it is by half. */
export function singleSignOn(env: Settings): SingleSignOn | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    throw new Error(
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three.",
    );
  }
  return {
    ...{ issuer, clientId, clientSecret, name: env.OIDC_NAME, scope: env.OIDC_SCOPE },
    roles: readRoles(env.OIDC_ROLE_CLAIM, env.OIDC_ROLES),
    secondFactor: env.OIDC_SECOND_FACTOR,
  };
}

function readRoles(claim: string | undefined, words: string | undefined): SingleSignOn["roles"] {
  if (!claim && !words) return null;
  if (!claim || !words)
    throw new Error("OIDC_ROLE_CLAIM and OIDC_ROLES belong together: set both.");
  const pairs = words.split(",").map((pair): [string, Role] => {
    const at = pair.lastIndexOf("=");
    const role = ROLES.find((each) => each === pair.slice(at + 1).trim());
    const word = pair.slice(0, at).trim();
    if (at < 1 || !word || !role) {
      throw new Error(
        `OIDC_ROLES has to be like ops=operator,boss=admin; roles: ${ROLES.join(", ")}.`,
      );
    }
    return [word, role];
  });
  return { claim, of: new Map(pairs) };
}

/** The highest role that the words of a claim bring; null where they bring none. */
export function mappedRole(words: unknown, of: ReadonlyMap<string, Role>): Role | null {
  const said = (Array.isArray(words) ? words : [words]).filter((word) => typeof word === "string");
  const roles = said.flatMap((word) => of.get(word) ?? []);
  return ROLES.find((role) => roles.includes(role)) ?? null;
}
