/** A process of ours: started, logged, signalled by its own id, and gone when we are. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Ends the child when this process is gone without having stopped it. */
const guard = new URL("../../scripts/base/die-with-parent.mjs", import.meta.url).href;

export type End = { code: number | null; signal: NodeJS.Signals | null };

export type Child = {
  name: string;
  pid: number;
  logFile: string;
  ended: Promise<End>;
  hasEnded(): boolean;
  /** Answers whether there was anybody to get it. */
  signal(signal: NodeJS.Signals): boolean;
  /** SIGTERM and, after `patienceMs`, SIGKILL; a paused process goes on first. */
  stop(patienceMs: number): Promise<void>;
  hasSaid(words: string): boolean;
  lastWords(): string;
};

const running = new Set<Child>();

/** Starts one of our programs on this Node; what it prints goes into a file of its name. */
export function startChild(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  folder: string,
): Child {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a", 0o600);
  const child: ChildProcess = spawn(process.execPath, ["--import", guard, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started.`);
  let end: End | null = null;
  const ended = new Promise<End>((resolve) => {
    child.once("exit", (code, signal) => {
      end = { code, signal };
      running.delete(self);
      resolve(end);
    });
  });
  const said = () => readFileSync(logFile, "utf8");
  const signal = (what: NodeJS.Signals): boolean => end === null && child.kill(what);
  const self: Child = {
    name,
    pid,
    logFile,
    ended,
    hasEnded: () => end !== null,
    signal,
    async stop(patienceMs) {
      signal("SIGCONT");
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), patienceMs);
      await ended;
      clearTimeout(timer);
    },
    hasSaid: (words) => said().includes(words),
    lastWords: () => said().trimEnd().split("\n").slice(-5).join("\n"),
  };
  running.add(self);
  return self;
}

/** At once and without a word: for the end of this process. */
export function killChildren(): void {
  for (const child of running) child.signal("SIGKILL");
}
