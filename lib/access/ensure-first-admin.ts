import type { Core } from "#lib/platform/core.ts";
import { email, password } from "./credentials.ts";
import { hashPassword, SHORTEST_PASSWORD } from "./password.ts";

/**
 * Makes the first admin when there is no user at all. Later starts change nothing, so a password
 * left in the environment is no way back in. Throws a sentence when nobody could sign in that way.
 */
export async function ensureFirstAdmin(
  core: Core,
  admin: { email: string | undefined; password: string | undefined },
): Promise<void> {
  if ((await core.db.user.count()) > 0) return;
  if (!admin.email || !admin.password) {
    core.log.warn("There is no user yet: set ADMIN_EMAIL and ADMIN_PASSWORD and start again.");
    return;
  }
  const address = email.safeParse(admin.email);
  if (!address.success) throw new Error("ADMIN_EMAIL is not an e-mail address.");
  if (admin.password.length < SHORTEST_PASSWORD || !password.safeParse(admin.password).success) {
    throw new Error(`ADMIN_PASSWORD has to have ${SHORTEST_PASSWORD} to 1000 characters.`);
  }
  const passwordHash = await hashPassword(admin.password);
  const name = address.data.split("@")[0] ?? address.data;
  // Two processes may start at once; the unique e-mail lets one of them win.
  await core.db.user.createMany({
    data: [{ id: core.newId(), email: address.data, name, role: "admin", passwordHash }],
    skipDuplicates: true,
  });
}
