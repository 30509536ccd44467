import { headers } from "next/headers";
import type { User } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { PROOF_MINUTES } from "#lib/access/proof-limits.ts";
import {
  type IdentityResult,
  signInByIdentity,
} from "#lib/access/single-sign-on/sign-in-by-identity.ts";
import { type SingleSignOn, singleSignOn } from "#lib/access/single-sign-on/single-sign-on.ts";
import { env } from "#lib/platform/env.ts";
import { clientAddress } from "./client-address.ts";
import { connectElsewhere, takeConnectIntent } from "./connect-elsewhere.ts";
import { runtime } from "./runtime.ts";
import { policy } from "./second-factor.ts";

type Claims = Record<string, unknown> & { sub: string };

/** The configured provider, where there is one. */
export function oidcProviders(): OAuthConfig<Claims>[] {
  const setting = singleSignOn(env());
  return setting ? [oidcProvider(setting)] : [];
}

/**
 * Discovery, PKCE, state and nonce are next-auth's (openid-client's). What the provider signed counts for more than
 * what its user info adds.
 */
export function oidcProvider({
  issuer,
  clientId,
  clientSecret,
  name,
  scope,
}: SingleSignOn): OAuthConfig<Claims> {
  return {
    ...{ id: "oidc", name, type: "oauth", clientId, clientSecret },
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    // Who comes in has proved who he is: a provider that knows him from this morning asks him again.
    authorization: { params: { scope, max_age: PROOF_MINUTES * 60 } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      async request({ client, tokens }) {
        const claims = (tokens as unknown as { claims(): Claims }).claims();
        if (!client.issuer.metadata.userinfo_endpoint || !tokens.access_token) return claims;
        const info = await client.userinfo(tokens.access_token);
        // OpenID Connect Core 5.3.2: an access token of somebody else's would tell of him.
        if (info.sub !== claims.sub) throw new Error("the user info is about somebody else");
        return { ...info, ...claims };
      },
    },
    // The session's id is filled in by `signInElsewhere`, which alone decides who this is.
    profile: ({ sub }) => ({ id: sub, sessionId: "" }),
  };
}

/**
 * next-auth's word on whether somebody whom the provider named may come in: true, or the sign-in page with the reason.
 * The session's id goes into the user that next-auth makes the cookie of. Whoever left in order to connect his account
 * is led back to his own page, in the session that he has.
 */
export async function signInElsewhere(
  user: User,
  claims: Record<string, unknown> | undefined,
): Promise<true | string> {
  const setting = singleSignOn(env());
  if (!setting) return "/login?error=unavailable";
  const ctx = await runtime().catch(() => null);
  if (!ctx) return "/login?error=unavailable";
  try {
    const requestHeaders = await headers();
    const from = {
      address: clientAddress(requestHeaders.get("x-forwarded-for")),
      userAgent: requestHeaders.get("user-agent"),
    };
    const intent = await takeConnectIntent(claims?.nonce);
    if (intent) {
      const request = { address: from.address, agent: from.userAgent, correlationId: null };
      return await connectElsewhere(ctx, intent, claims, request);
    }
    const facts = { singleSignOn: setting, policy: policy() };
    const result: IdentityResult = await signInByIdentity(ctx, claims, facts, from);
    if (result.kind !== "signed_in") return `/login?error=oidc_${result.kind}`;
    user.id = result.userId;
    user.sessionId = result.sessionId;
    return true;
  } catch (error) {
    ctx.log.error({ err: error }, "a single sign-on failed");
    return "/login?error=unavailable";
  }
}
