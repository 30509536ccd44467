/** A process of ours that is asked to do things, one after the other, and answers each. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Ends the child when this process is gone without having stopped it. */
const guard = new URL("../../scripts/base/die-with-parent.mjs", import.meta.url).href;
const PATIENCE_MS = 15_000;

export type Question = { number: number; what: string; value: unknown };
export type Answer = { number: number; value?: unknown; error?: string };

export type Process = {
  pid: number;
  ended: Promise<void>;
  hasSaid(words: string): boolean;
  lastWords(): string;
  kill(): Promise<void>;
  /** SIGTERM and, if it takes too long, SIGKILL. */
  stop(): Promise<void>;
};

export type Actor = Process & {
  /** Throws what the process threw, or that it is gone. */
  ask<Value>(what: string, value?: unknown): Promise<Value>;
};

const running = new Set<ChildProcess>();

/** Starts one of our programs on this Node; what it prints goes into a file of its name. */
export function startProcess(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  folder: string,
): Process & { child: ChildProcess } {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, ["--import", guard, "--import", "tsx", ...args], {
    cwd: root,
    env,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started.`);
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      running.delete(child);
      resolve();
    });
  });
  const said = () => readFileSync(logFile, "utf8");
  return {
    child,
    pid,
    ended,
    hasSaid: (words) => said().includes(words),
    lastWords: () => said().trimEnd().split("\n").slice(-12).join("\n"),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Starts a program that answers questions (`answer-questions.ts`). */
export function startActor(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  folder: string,
): Actor {
  const { child, ...self } = startProcess(name, args, env, folder);
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  child.on("message", (answer: Answer) => {
    waiting.get(answer.number)?.(answer);
    waiting.delete(answer.number);
  });
  void self.ended.then(() => {
    for (const [number, tell] of waiting) tell({ number, error: "its process ended" });
    waiting.clear();
  });
  return {
    ...self,
    async ask<Value>(what: string, value?: unknown) {
      asked += 1;
      const question: Question = { number: asked, what, value };
      const answer = await new Promise<Answer>((resolve) => {
        waiting.set(question.number, resolve);
        child.send(question, (error) => error && resolve({ number: 0, error: error.message }));
      });
      if (answer.error !== undefined) {
        throw new Error(`${name}, asked to ${what}: ${answer.error}\n${self.lastWords()}`);
      }
      return answer.value as Value;
    },
  };
}

/** At once and without a word: for the end of this process. */
export function killProcesses(): void {
  for (const child of running) child.kill("SIGKILL");
}
