/**
 * Brings the database at DATABASE_URL to the newest migration, then exits. Where KEYHOLD_OWNER_DATABASE_URL names
 * its owner, that role migrates, and the other gets what the console needs and no more. A database that came from
 * another cluster gets its feed of events into order.
 */
import { renumberFeed } from "#lib/events/renumber-feed.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { grantAppRole } from "./grant-app-role.ts";

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: there is no database to migrate.");
const ownerUrl = process.env.KEYHOLD_OWNER_DATABASE_URL || url;

const applied = await applyMigrations(ownerUrl);
const isRenumbered = await renumberFeed(ownerUrl);
const role = new URL(url).username;
if (role !== new URL(ownerUrl).username) await grantAppRole(ownerUrl, decodeURIComponent(role));
process.stdout.write(
  applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`,
);
if (isRenumbered) process.stdout.write("The feed of events is numbered anew: begin it anew.\n");
process.exit(0);
