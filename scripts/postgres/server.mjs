import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { identify } from "../base/alive.mjs";
import { Problem } from "../base/problem.mjs";
import { excerpt } from "../base/say.mjs";
import { plainEnvironment } from "./data-folder.mjs";
import { serverArguments } from "./settings.mjs";

const largestLog = 5_000_000; // Bytes; a longer one starts anew with the server.

/**
 * The live server of a data folder as `{ pid, port }`, or null. A `postmaster.pid` whose number now
 * belongs to some other program is removed, since PostgreSQL would take that one for a server.
 */
export function findServer(dataDir) {
  const path = join(dataDir, "postmaster.pid");
  let lines;
  try {
    lines = readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!pid || !identify(pid)) return null;
  if (!commandOf(pid).includes("postgres")) {
    rmSync(path, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]) };
}

/**
 * Starts a server that outlives this process (whoever uses it last stops it) and answers
 * `{ pid, failure() }`; `failure()` is null until the server has ended, then what it wrote last.
 */
export function startServer({ dataDir, account, postgres, port, durable, logFile }) {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const output = openSync(logFile, size > largestLog ? "w" : "a", 0o600);
  const start = size > largestLog ? 0 : size;
  const { file, args, options } = account.command(
    postgres,
    serverArguments({ dataDir, port, durable }),
  );
  // Detached: a Ctrl-C at the terminal must reach the web server and worker first, not the database.
  const child = spawn(file, args, {
    ...options,
    cwd: "/",
    env: plainEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.unref();
  let failed = null;
  let hasEnded = false;
  child.once("error", (error) => {
    failed = error.message;
  });
  child.once("exit", () => {
    hasEnded = true;
  });
  const said = () => readFileSync(logFile).subarray(start).toString("utf8");
  return { pid: child.pid, failure: () => failed ?? (hasEnded ? said() : null) };
}

/**
 * Waits until the server answers on this URL. `failure` is asked whether it has ended meanwhile.
 * Recovery after a crash may take a while; a server that is starting up is given two minutes.
 */
export async function waitForServer({ url, failure, logFile }) {
  const { default: pg } = await import("pg");
  const deadline = Date.now() + 120_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      const ended = failure();
      if (ended !== null || Date.now() > deadline)
        throw startProblem(ended ?? String(error), logFile);
      if (error.code === "28P01") throw passwordProblem(url);
      await wait(30);
    }
  }
}

/**
 * Stops a server and waits for its end: clients are cut off, the data is left in order. One that
 * hangs for half a minute is stopped at once; PostgreSQL then recovers at its next start.
 */
export async function stopServer(dataDir) {
  const running = findServer(dataDir);
  if (!running) return;
  for (const [signal, patience] of [
    ["SIGINT", 30_000],
    ["SIGQUIT", 5_000],
  ]) {
    const deadline = Date.now() + patience;
    process.kill(running.pid, signal);
    while (Date.now() < deadline) {
      if (findServer(dataDir)?.pid !== running.pid) return;
      await wait(20);
    }
  }
}

function commandOf(pid) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Whether the server ended because somebody else had taken its port in the meantime. */
export function isPortTaken(error) {
  return error instanceof Problem && error.message.includes("could not bind");
}

function startProblem(said, logFile) {
  return new Problem(
    `The embedded PostgreSQL did not start. It said:\n${excerpt(said)}\n` +
      `Its whole log is ${logFile}. Put that right, or set DATABASE_URL to another PostgreSQL.`,
  );
}

function passwordProblem(url) {
  return new Problem(
    `The PostgreSQL on port ${new URL(url).port} refuses the password that was kept for it. ` +
      "Stop that server, then run the command again.",
  );
}
