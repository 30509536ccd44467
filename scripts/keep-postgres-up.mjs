import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "./base/problem.mjs";
import { onShutdown } from "./base/shutdown.mjs";
import { ensurePostgres } from "./embedded-postgres.mjs";
import { findServer } from "./postgres/server.mjs";

/** A service manager would see as soon that the server is gone. */
const lookEveryMs = 200;

/**
 * Starts PostgreSQL on a data folder, durable as a real one, and starts it again whenever somebody has
 * stopped or killed it, as a service manager would, until shutdown. Answers `{ url, adminUrl }`, which
 * stay.
 */
export async function keepPostgresUp(dataDir) {
  const servers = [];
  let stopping = false;
  async function start() {
    const server = await ensurePostgres({ dataDir });
    servers.push(server);
    return server;
  }
  const starting = start();
  const watching = starting.then(watch);
  async function watch({ url }) {
    while (!stopping) {
      if (!findServer(dataDir) && (await start()).url !== url) {
        throw new Problem("Somebody took the port of this run's PostgreSQL. Run it again.");
      }
      await wait(lookEveryMs);
    }
  }
  watching.catch((error) => {
    if (!stopping) process.stderr.write(`${error.message}\n`);
  });
  onShutdown(async () => {
    stopping = true;
    await watching.catch(() => {});
    for (const server of servers) await server.stop();
  });
  const { url, adminUrl } = await starting;
  return { url, adminUrl };
}
