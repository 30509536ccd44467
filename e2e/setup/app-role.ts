import { randomBytes } from "node:crypto";
import { grantAppRole } from "#prisma/grant-app-role.ts";
import type { TestDatabase } from "#prisma/test-database.ts";

/**
 * The role that the product runs under, as an installation's does: a right that it lacks, or wants in excess, shows
 * in the browser tests. What the tests themselves write goes on belonging to the database's owner.
 */
export async function createAppRole({ url: ownerUrl, db }: TestDatabase) {
  const role = `keyhold_app_${randomBytes(8).toString("hex")}`;
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = randomBytes(24).toString("hex");
  await db.$executeRawUnsafe(`create role ${role} login password '${url.password}'`);
  const drop = async () => {
    await db.$executeRawUnsafe(`drop owned by ${role}`);
    await db.$executeRawUnsafe(`drop role ${role}`);
  };
  try {
    await grantAppRole(ownerUrl, role);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url: url.href, drop };
}
