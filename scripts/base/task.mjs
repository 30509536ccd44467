import { spawn } from "node:child_process";
import { forever, isShuttingDown, killAfter, onShutdown } from "./shutdown.mjs";

const patienceMs = 10_000;

/**
 * Runs a program to its end and answers `{ code, output }`. `show` decides what is seen of it while it
 * runs: `"all"` (its output is ours) or `"nothing"` (it is kept for the failure's sentence).
 *
 * The program leads a process group of its own, so that at shutdown its children go with it; a task
 * that ends while the command is shutting down never answers, so that nothing follows it.
 */
export async function runTask(file, args, { env = process.env, show = "nothing" } = {}) {
  if (isShuttingDown()) return forever();
  const child = spawn(file, args, {
    env,
    detached: true,
    stdio: show === "all" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
  const forget = onShutdown(() => endGroup(child, ended));
  const result = await ended;
  forget();
  return isShuttingDown() ? forever() : result;
}

/** Runs one of our own programs, or a package's, on this Node. */
export function runNode(args, options) {
  return runTask(process.execPath, args, options);
}

async function endGroup(child, ended) {
  signalGroup(child.pid, "SIGTERM");
  const callOff = killAfter(patienceMs, () => signalGroup(child.pid, "SIGKILL"));
  await ended;
  callOff();
}

/** Signals a process group; one that is gone already is no failure. */
export function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody left.
  }
}
