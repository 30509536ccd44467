import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

export type Child = {
  process: ChildProcess;
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/**
 * Starts a process of the product and keeps what it prints; it ends with the test run.
 * @param logFile where that goes too, for tests, which run in processes of their own
 */
export function startChild(args: string[], env: Record<string, string>, logFile?: string): Child {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      if (logFile) appendFileSync(logFile, chunk);
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    process: child,
    output: () => output,
    async stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

/** As `startChild`, and starts it anew whenever it dies before it is stopped. */
export function keepRunning(
  args: string[],
  env: Record<string, string>,
  logFile?: string,
): Pick<Child, "stop"> {
  let child = startChild(args, env, logFile);
  let wanted = true;
  const watch = () =>
    child.process.once("exit", () => {
      if (!wanted) return;
      child = startChild(args, env, logFile);
      watch();
    });
  watch();
  return {
    async stop(signal) {
      wanted = false;
      await child.stop(signal);
    },
  };
}

/** Polls until `ready` answers something; throws with the process's output when it ends or takes too long. */
export async function waitUntil<T>(
  child: Child,
  what: string,
  ready: () => Promise<T | null>,
): Promise<T> {
  const deadline = Date.now() + 180_000;
  for (let ended = false; !ended && Date.now() < deadline; ) {
    ended = child.process.exitCode !== null;
    const answer = await ready().catch(() => null);
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not start:\n${child.output().slice(-4_000)}`);
}
