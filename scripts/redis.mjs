import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { runTask } from "./base/task.mjs";

/**
 * Makes sure that there is a Redis to measure with: the one that REDIS_URL names, a `redis-server` on the
 * PATH, or Debian's package, installed here (as root on Debian). Starts nothing. Answers null, or the
 * reason why there is none.
 */
export async function ensureRedis(log) {
  if (process.env.REDIS_URL || isInstalled()) return null;
  const tried = await installFromDebian(log);
  return isInstalled() ? null : `no REDIS_URL, no redis-server on the PATH, and ${tried}`;
}

function isInstalled() {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

async function installFromDebian(log) {
  if (process.getuid?.() !== 0) return "not root, so no Debian package";
  if (!existsSync("/usr/bin/apt-get")) return "no apt-get here";
  log("Installing Debian's redis-server …");
  // Runlevel 1 keeps the package from starting a server of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const install = () =>
    runTask("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], { env });
  let result = await install();
  if (result.code !== 0) {
    await runTask("apt-get", ["update"], { env });
    result = await install();
  }
  return `apt-get ended with code ${result.code}`;
}
