import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { identify, isAlive, pidOf } from "./base/alive.mjs";
import { withLock } from "./base/folder-lock.mjs";
import { freePort } from "./base/free-port.mjs";
import { readJson, writePrivateJson } from "./base/json-file.mjs";
import { explainFileError } from "./base/problem.mjs";
import { chooseAccount } from "./postgres/account.mjs";
import { afterOldProcesses } from "./postgres/after-old-processes.mjs";
import { findBinaries } from "./postgres/binaries.mjs";
import { prepareDataFolder, setPassword } from "./postgres/data-folder.mjs";
import {
  findServer,
  isPortTaken,
  startServer,
  stopServer,
  waitForServer,
} from "./postgres/server.mjs";
import { countUsers, registerUser } from "./postgres/users.mjs";

/** Whom the console and its workers are to the embedded database. */
const APP_ROLE = "keyhold_app";

const watchdogFile = join(dirname(fileURLToPath(import.meta.url)), "postgres", "watchdog.mjs");

/**
 * Makes sure that PostgreSQL 18 runs on this data folder with a database `keyhold` in it.
 *
 * Answers `url` (of `keyhold`), `appUrl` (the same for the role that owns nothing), `adminUrl` (of `postgres`,
 * to make other databases from), `started` (false where a server was running already) and `stop()`. Any number of processes may call it at
 * once: they share one server, and the last `stop()` stops it. Beside the folder lie, named after it:
 * `.json` (password and port, 0600), `.log`, `.lock`, `.users`.
 *
 * `port` is a wish; `durable: false` trades safety for speed and is for tests alone; `graceMs` is how
 * long the server outlives users who were all killed.
 */
export async function ensurePostgres({
  dataDir,
  port,
  durable = true,
  log = () => {},
  graceMs = 6_000,
}) {
  const request = { dataDir, port, durable, log, graceMs, logFile: `${dataDir}.log` };
  try {
    return await withLock(`${dataDir}.lock`, () => open(request));
  } catch (error) {
    throw explainFileError(error);
  }
}

async function open(request) {
  const { dataDir } = request;
  const stateFile = `${dataDir}.json`;
  const state = readJson(stateFile);
  const save = (changes) => writePrivateJson(stateFile, Object.assign(state, changes));
  const running = findServer(dataDir);
  const leave = registerUser(dataDir);
  try {
    if (running) await share(request, state, save, running);
    else await start(request, state, save);
    if (!state.watchdog || !isAlive(state.watchdog)) save({ watchdog: startWatchdog(request) });
    if (typeof state.appPassword !== "string") {
      save({ appPassword: randomBytes(24).toString("base64url") });
    }
    await createDatabase(urlOf(state, "postgres"), state.appPassword);
  } catch (error) {
    leave();
    if (!running) await stopServer(dataDir);
    throw error;
  }
  let stopped = null;
  const stop = () => {
    stopped ??= withLock(`${dataDir}.lock`, () => stopIfLast(dataDir, leave, state.watchdog));
    return stopped;
  };
  return {
    url: urlOf(state, "keyhold"),
    appUrl: urlOf({ port: state.port, password: state.appPassword }, "keyhold", APP_ROLE),
    adminUrl: urlOf(state, "postgres"),
    started: !running,
    stop,
  };
}

/** Uses the server that another command started, or that a killed one left running. */
async function share({ dataDir, log, logFile }, state, save, running) {
  log(`PostgreSQL runs already on port ${running.port}`);
  save({ port: running.port });
  await waitForServer({
    url: urlOf(state, "postgres"),
    failure: () => (findServer(dataDir) ? null : "it stopped while it was waited for"),
    logFile,
  });
}

async function start({ dataDir, port, durable, log, logFile }, state, save) {
  const { initdb, postgres } = await findBinaries();
  const account = chooseAccount({ program: postgres, dataDir });
  const knowsPassword = typeof state.password === "string";
  if (!knowsPassword) save({ password: randomBytes(24).toString("base64url") });
  const { password } = state;
  const isNew = prepareDataFolder({ dataDir, account, initdb, password, durable, log });
  if (!isNew && !knowsPassword) {
    await afterOldProcesses(async () => setPassword({ dataDir, account, postgres, password }));
  }

  for (let attempt = 1; ; attempt += 1) {
    save({ port: await freePort(attempt === 1 ? (port ?? state.port) : undefined) });
    try {
      await afterOldProcesses(() => {
        const { port: chosen } = state;
        const { failure } = startServer({
          dataDir,
          account,
          postgres,
          port: chosen,
          durable,
          logFile,
        });
        return waitForServer({ url: urlOf(state, "postgres"), failure, logFile });
      });
      return;
    } catch (error) {
      // The port was free a moment ago; whoever took it since keeps it.
      if (attempt === 3 || !isPortTaken(error)) throw error;
    }
  }
}

function urlOf({ password, port }, database, user = "postgres") {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** Its own session and no shared streams, so that it survives whatever kills the commands. */
function startWatchdog({ dataDir, graceMs }) {
  const child = spawn(process.execPath, [watchdogFile, dataDir, String(graceMs)], {
    cwd: "/",
    detached: true,
    stdio: "ignore",
  });
  child.unref();
  return identify(child.pid);
}

/** The database, and the role that Keyhold works with: it owns nothing, and gets its rights with the migrations. */
async function createDatabase(adminUrl, appPassword) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'keyhold'");
    if (found.rowCount === 0) await client.query("CREATE DATABASE keyhold");
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APP_ROLE]);
    const act = role.rowCount === 0 ? "CREATE" : "ALTER";
    await client.query(`${act} ROLE ${APP_ROLE} LOGIN PASSWORD '${appPassword}'`);
  } finally {
    await client.end();
  }
}

async function stopIfLast(dataDir, leave, watchdog) {
  leave();
  if (countUsers(dataDir) > 0) return;
  if (watchdog && isAlive(watchdog)) process.kill(pidOf(watchdog), "SIGTERM");
  await stopServer(dataDir);
}
