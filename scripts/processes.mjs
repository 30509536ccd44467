import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./base/say.mjs";
import { forever, isShuttingDown, killAfter, onShutdown } from "./base/shutdown.mjs";
import { signalGroup } from "./base/task.mjs";

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** One that ran this long before it crashed starts counting its pauses anew. */
const steadyMs = 60_000;
/** One that ends by itself this soon after its first start can't run at all: restarting won't help. */
const startMs = 5_000;
const guard = new URL("./base/die-with-parent.mjs", import.meta.url).href;

/** How long to wait before the next start, after this many crashes in a row. */
export function pauseBeforeRestart(crashes) {
  return Math.min(firstPauseMs * 2 ** (crashes - 1), longestPauseMs);
}

/**
 * Starts a Node program that runs until it is stopped: `{ ended, stop() }`.
 *
 * With `restart` a crash is followed by a new start, after 1 s and then longer up to 30 s. Without, or
 * when it can't even start, `ended` resolves to `{ name, code }`. `stop()` sends SIGTERM and, `patienceMs`
 * later, SIGKILL to it and its children; it also happens at shutdown. `alone` gives it our own output,
 * otherwise each of its lines begins with its name; `onLine` sees a line first and may keep it by
 * answering true. A program whose parent is killed outright ends by itself.
 */
export function startService({
  name,
  args,
  env,
  restart = false,
  alone = false,
  patienceMs = 10_000,
  onLine,
}) {
  if (isShuttingDown()) return { name, ended: forever(), stop: async () => {} };
  let child = null;
  let stopping = false;
  const stopped = new AbortController();

  const ended = (async () => {
    for (let crashes = 0, first = true; ; first = false) {
      const startedAt = Date.now();
      child = launch({
        args,
        env,
        alone,
        show: (line) => onLine?.(line) || say(`${name.padEnd(9)} │ ${line}`),
      });
      const { code, signal } = await exitOf(child);
      signalGroup(child.pid, "SIGKILL"); // Children it left behind.
      const lived = Date.now() - startedAt;
      if (stopping || !restart || (first && !signal && lived < startMs))
        return { name, code: code ?? 1 };
      crashes = lived > steadyMs ? 1 : crashes + 1;
      const pause = pauseBeforeRestart(crashes);
      say(
        `${name.padEnd(9)} │ ended (${signal ?? `code ${code}`}); starting again in ${pause / 1000} s`,
      );
      await wait(pause, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopping) return { name, code: 0 };
    }
  })();

  async function stop() {
    forget();
    stopping = true;
    stopped.abort();
    const running = child;
    running?.kill("SIGTERM");
    const callOff = killAfter(patienceMs, () => signalGroup(running.pid, "SIGKILL"));
    await ended;
    callOff();
  }
  const forget = onShutdown(stop);
  return { name, ended, stop };
}

function launch({ args, env, alone, show }) {
  const streams = alone ? "inherit" : "pipe";
  const child = spawn(process.execPath, ["--import", guard, ...args], {
    env,
    // A group of its own: a Ctrl-C at the terminal must not reach it before we stop it in order.
    detached: true,
    stdio: ["ignore", streams, streams, "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", show);
  }
  return child;
}

function exitOf(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: 1, signal: null }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}
