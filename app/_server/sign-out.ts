"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { endSession } from "#lib/access/session.ts";
import { authOptions } from "./auth-options.ts";
import { runtime } from "./runtime.ts";

/** Ends the session in the database, so that a copy of the cookie is worth nothing either. */
export async function signOut(): Promise<void> {
  const options = authOptions();
  const session = await getServerSession(options);
  if (session?.sid) await endSession(await runtime(), session.sid);
  const jar = await cookies();
  if (options.cookies?.sessionToken) jar.delete(options.cookies.sessionToken.name);
  redirect("/login");
}
