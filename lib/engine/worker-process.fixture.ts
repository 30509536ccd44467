import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { onTestFinished } from "vitest";

/**
 * A worker as it is started in production, with the sealing key `t1`; gone when the test ends at the latest.
 * @param more of its environment
 */
export function startWorker(
  databaseUrl: string,
  key: Buffer,
  more: Record<string, string>,
): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/engine/main.ts"], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      NEXTAUTH_URL: "http://127.0.0.1:3000",
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      CRON_SECRET: randomBytes(32).toString("base64"),
      KEYHOLD_SEALING_KEYS: `t1:${key.toString("base64")}`,
      LOG_LEVEL: "error",
      ...more,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  onTestFinished(() => {
    worker.kill("SIGKILL");
  });
  return worker;
}

export async function killWorker(worker: ChildProcess, signal: "SIGKILL" | "SIGTERM") {
  const exited = once(worker, "exit");
  worker.kill(signal);
  return (await exited) as [number | null, string | null];
}
