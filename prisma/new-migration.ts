/**
 * `npm run migration -- name`: writes prisma/migrations/<time>_<name>/migration.sql with what
 * schema.prisma has now and the last commit lacks. Checks, triggers and partial indexes are added
 * to that file by hand, since Prisma's schema language has no words for them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "pg";
import { MIGRATIONS_FOLDER, NO_FILTER, openSchemaEngine, schemaFile } from "./schema-engine.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  throw new Error("Usage: npm run migration -- name_in_snake_case");
}
const [path, content] = schemaFile();
const committed = execFileSync("git", ["show", "HEAD:./prisma/schema.prisma"], {
  encoding: "utf8",
});
// The engine wants to reach a database, although a diff of two files asks it nothing.
const url = process.env.DATABASE_URL;
if (!url)
  throw new Error("DATABASE_URL is not set: any PostgreSQL will do, nothing is changed there.");
const engine = await openSchemaEngine(new Pool({ connectionString: url }));
const { stdout } = await engine.diff({
  from: { tag: "schemaDatamodel", files: [{ path, content: committed }] },
  to: { tag: "schemaDatamodel", files: [{ path, content }] },
  script: true,
  exitCode: null,
  filters: NO_FILTER,
});
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "migration.sql"), stdout ?? "");
process.stdout.write(`Wrote ${folder}\n`);
process.exit(0);
