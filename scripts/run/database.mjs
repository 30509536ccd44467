import { join } from "node:path";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { excerpt, say } from "../base/say.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { runNode } from "../base/task.mjs";
import { ensurePostgres } from "../embedded-postgres.mjs";

/** The address of the database: the one that is set, otherwise the embedded one, started if need be. */
export async function openDatabase(log = say) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const starting = ensurePostgres({ dataDir: join(dataFolder, "postgres"), log });
  // Registered before it runs, so that a Ctrl-C while it is starting stops it too.
  onShutdown(() =>
    starting.then(
      (postgres) => postgres.stop(),
      () => {},
    ),
  );
  return (await starting).url;
}

/** Brings the database to the newest migration. */
export async function migrate(url) {
  const { code, output } = await runNode(["--import", "tsx", "prisma/migrate.ts"], {
    env: { ...process.env, DATABASE_URL: url },
  });
  if (code !== 0) throw new Problem(`The database could not be migrated:\n${excerpt(output)}`);
}
