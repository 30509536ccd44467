import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { findSession } from "#lib/access/session.ts";
import {
  type ConnectIntent,
  type ConnectResult,
  connectIdentity,
} from "#lib/access/single-sign-on/connect-identity.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { env } from "#lib/platform/env.ts";
import { ownCookie, sessionCookie } from "./session-cookie.ts";

/**
 * Longer than the intent is good for, and than next-auth leads anybody back (15 minutes): whoever comes late is told
 * so, and isn't taken for one who wished to sign in.
 */
const KEPT_SECONDS = 20 * 60;

const intentToken = z.object({
  sessionId: z.uuid(),
  nonce: z.string(),
  expiresAt: z.iso.datetime(),
});

/** The browser keeps it, signed and sealed, until the provider has led back. */
export async function keepConnectIntent(intent: ConnectIntent): Promise<void> {
  const { name, options } = connectCookie();
  const [secret, maxAge] = [env().NEXTAUTH_SECRET, KEPT_SECONDS];
  const value = await encode({ token: intent, secret, maxAge, salt: name });
  (await cookies()).set(name, value, { ...options, maxAge });
}

/** What this browser wished for when it left by this way, once, also where that is over; null where it wished to sign in. */
export async function takeConnectIntent(nonce: unknown): Promise<ConnectIntent | null> {
  const { name, options } = connectCookie();
  const jar = await cookies();
  const token = await openCookie(jar.get(name)?.value, name);
  const intent = intentToken.safeParse(token).data;
  if (!intent || intent.nonce !== nonce) return null;
  jar.set(name, "", { ...options, maxAge: 0 });
  return intent;
}

/** The page that says what came of it: whoever isn't in his session any more is led there through signing in. */
export async function connectElsewhere(
  ctx: Runtime,
  intent: ConnectIntent,
  claims: unknown,
  request: RequestFacts,
): Promise<string> {
  const page = (result: ConnectResult | "failed") => `/settings/account?connect=${result}`;
  try {
    const actor = await whoCameBack(ctx);
    const result = await connectIdentity(ctx, actor, intent, claims, request);
    return result === "ended" ? `/login?next=${encodeURIComponent(page(result))}` : page(result);
  } catch (error) {
    ctx.log.error({ err: error }, "an account elsewhere was not connected");
    return page("failed");
  }
}

/** From the cookie itself: next-auth asks this while it answers. */
async function whoCameBack(ctx: Runtime) {
  const { name } = sessionCookie(env().NEXTAUTH_URL);
  const token = await openCookie((await cookies()).get(name)?.value, "");
  return typeof token?.sid === "string" ? findSession(ctx, token.sid, true) : null;
}

/** Null where it isn't ours, or too old. */
const openCookie = (value: string | undefined, salt: string) =>
  decode({ token: value, secret: env().NEXTAUTH_SECRET, salt }).catch(() => null);

const connectCookie = () => ownCookie(env().NEXTAUTH_URL, "keyhold.connect");
