import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import type { Actor } from "#lib/access/actor.ts";
import { findHalfSession, findSession, type HalfSession } from "#lib/access/session.ts";
import { authOptions } from "./auth-options.ts";
import { runtime } from "./runtime.ts";

export type UserActor = Extract<Actor, { kind: "user" }>;

/**
 * Who is asking, from the cookie and the database; null when nobody, or nobody any more. Each page,
 * action and route asks for itself.
 */
export const currentActor = cache(async (): Promise<UserActor | null> => {
  const session = await getServerSession(authOptions());
  if (!session?.sid) return null;
  const requestHeaders = await headers();
  // What a page fetches by itself says so; only a person's doing keeps a session alive.
  const streams = requestHeaders.get("accept") === "text/event-stream";
  const active = !streams && requestHeaders.get("x-keyhold-passive") === null;
  const actor = await findSession(await runtime(), session.sid, active);
  return actor?.kind === "user" ? actor : null;
});

/** Who has shown his password and not yet a second factor; null when nobody is at that. */
export const currentHalfSession = cache(async (): Promise<HalfSession | null> => {
  const session = await getServerSession(authOptions());
  return session?.sid ? findHalfSession(await runtime(), session.sid) : null;
});

/** For pages: sends whoever is not signed in to the sign-in page, and back here afterwards. */
export async function requireActor(returnTo: string): Promise<UserActor> {
  const actor = await currentActor();
  if (!actor) redirect(`/login?next=${encodeURIComponent(returnTo)}`);
  return actor;
}

/** Ties a request's log lines, its order and its supplier calls together; set by the proxy. */
export async function correlationId(): Promise<string> {
  const given = (await headers()).get("x-correlation-id") ?? "";
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}
