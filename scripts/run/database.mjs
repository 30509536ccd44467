import { join } from "node:path";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { excerpt, say } from "../base/say.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { runNode } from "../base/task.mjs";
import { ensurePostgres } from "../embedded-postgres.mjs";

/**
 * The database that is set, otherwise the embedded one, started if need be: `url` for the console and its
 * workers, `ownerUrl` for migrations. They differ where the owner's is set too, as they do in the embedded one.
 */
export async function openDatabase(log = say) {
  const { DATABASE_URL: url, KEYHOLD_OWNER_DATABASE_URL: ownerUrl } = process.env;
  if (url) return { url, ownerUrl: ownerUrl || url };
  const starting = ensurePostgres({ dataDir: join(dataFolder, "postgres"), log });
  // Registered before it runs, so that a Ctrl-C while it is starting stops it too.
  onShutdown(() =>
    starting.then(
      (postgres) => postgres.stop(),
      () => {},
    ),
  );
  const { url: embedded, appUrl } = await starting;
  return { url: appUrl, ownerUrl: embedded };
}

/** Brings the database to the newest migration, and gives the role of `url` its rights. */
export async function migrate({ url, ownerUrl }) {
  const { code, output } = await runNode(["--import", "tsx", "prisma/migrate.ts"], {
    env: { ...process.env, DATABASE_URL: url, KEYHOLD_OWNER_DATABASE_URL: ownerUrl },
  });
  if (code !== 0) throw new Problem(`The database could not be migrated:\n${excerpt(output)}`);
}
