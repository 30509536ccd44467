import type { Core } from "#lib/platform/core.ts";
import { hashPassword, SHORTEST_PASSWORD } from "./password.ts";

/**
 * Makes the first admin when there is no user at all. Later starts change nothing, so a password
 * left in the environment is no way back in.
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
  if (admin.password.length < SHORTEST_PASSWORD) {
    throw new Error(`ADMIN_PASSWORD is too short: use at least ${SHORTEST_PASSWORD} characters.`);
  }
  const email = admin.email.toLowerCase();
  const passwordHash = await hashPassword(admin.password);
  // Two processes may start at once; the unique e-mail lets one of them win.
  await core.db.user.createMany({
    data: [
      { id: core.newId(), email, name: email.split("@")[0] ?? email, role: "admin", passwordHash },
    ],
    skipDuplicates: true,
  });
}
