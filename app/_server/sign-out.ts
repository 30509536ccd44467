"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { endSession } from "#lib/access/session.ts";
import { authOptions } from "./auth-options.ts";
import { isOwnOrigin } from "./own-origin.ts";
import { runtime } from "./runtime.ts";

/** Ends the session in the database, so that a copy of the cookie is worth nothing either. */
export async function signOut(): Promise<void> {
  // Nobody else's page ends a session.
  if (!isOwnOrigin(await headers())) return;
  const options = authOptions();
  const session = await getServerSession(options);
  if (session?.sid) await endSession(await runtime(), session.sid);
  const cookie = options.cookies?.sessionToken;
  // With all that it was set with: a browser overlooks a `__Host-` cookie that isn't secure, also an empty one.
  if (cookie) (await cookies()).set(cookie.name, "", { ...cookie.options, maxAge: 0 });
  redirect("/login");
}
