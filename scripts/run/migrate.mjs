import { command } from "../base/command.mjs";
import { Problem } from "../base/problem.mjs";
import { runNode } from "../base/task.mjs";
import { ensureDatabaseClient } from "../install.mjs";

/** `npm run migrate`: brings the database at DATABASE_URL to the newest migration, where no `npm start` does. */
export const main = command(async () => {
  if (!process.env.DATABASE_URL) {
    throw new Problem("DATABASE_URL is not set: say which database is to be migrated.");
  }
  await ensureDatabaseClient();
  const { code } = await runNode(["--import", "tsx", "prisma/migrate.ts"], { show: "all" });
  return code;
});
