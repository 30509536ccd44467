import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { endSession } from "#lib/access/session.ts";
import { signIn } from "#lib/access/sign-in.ts";
import { SESSION_LONGEST_SECONDS } from "#lib/access/sign-in-limits.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { env } from "#lib/platform/env.ts";
import { clientAddress } from "./client-address.ts";
import { oidcProviders, signInElsewhere } from "./oidc.ts";
import { runtime } from "./runtime.ts";
import { policy } from "./second-factor.ts";
import { sessionCookie } from "./session-cookie.ts";

/**
 * The cookie holds nothing but the id of a session in our database, signed and encrypted; who that
 * is, and whether it still holds, is asked there on every request.
 */
export function authOptions(): NextAuthOptions {
  const { NEXTAUTH_SECRET, NEXTAUTH_URL } = env();
  return {
    secret: NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_LONGEST_SECONDS },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    cookies: { sessionToken: sessionCookie(NEXTAUTH_URL) },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const headers = (request.headers ?? {}) as Record<string, string | undefined>;
          const result = await trySignIn(credentials, headers);
          switch (result.kind) {
            case "signed_in":
              return { id: result.user.id, sessionId: result.sessionId };
            case "refused":
              return null;
            case "too_many":
              // The only way to tell the sign-in page why: it arrives there as `error`.
              throw new Error(`too_many:${result.retryAfterSeconds}`);
            case "unavailable":
              throw new Error("unavailable");
          }
        },
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) =>
        account?.type === "oauth"
          ? signInElsewhere(user, profile as Record<string, unknown> | undefined)
          : true,
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : token),
      session: ({ token, session }) => ({ expires: session.expires, sid: token.sid }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await endSession(await runtime(), token.sid);
      },
    },
  };
}

/** next-auth puts the message of whatever is thrown into an address, so nothing unforeseen gets out. */
async function trySignIn(credentials: unknown, headers: Record<string, string | undefined>) {
  let ctx: Runtime | undefined;
  try {
    ctx = await runtime();
    const from = {
      address: clientAddress(headers["x-forwarded-for"]),
      userAgent: headers["user-agent"] ?? null,
    };
    return await signIn(ctx, credentials, from, policy());
  } catch (error) {
    ctx?.log.error({ err: error }, "a sign-in failed");
    return { kind: "unavailable" } as const;
  }
}
