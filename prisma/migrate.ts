/** Brings the database at DATABASE_URL to the newest migration, then exits. */
import { applyMigrations } from "./apply-migrations.ts";

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: there is no database to migrate.");

const applied = await applyMigrations(url);
process.stdout.write(
  applied.length === 0 ? "The database is up to date.\n" : `Applied ${applied.join(", ")}.\n`,
);
process.exit(0);
