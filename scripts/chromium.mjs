import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { Problem } from "./base/problem.mjs";
import { say } from "./base/say.mjs";
import { runNode, runTask } from "./base/task.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of an installed Chromium that starts, or null. */
export async function findChromium() {
  for (const candidate of [process.env.CHROMIUM_PATH, ...names, await playwrightsOwn()]) {
    if (!candidate) continue;
    const path = candidate.includes("/") ? candidate : onPath(candidate);
    if (path && starts(path)) return path;
    if (candidate === process.env.CHROMIUM_PATH) {
      throw new Problem(
        `CHROMIUM_PATH is ${candidate}, which isn't a Chromium that starts. Correct or unset it.`,
      );
    }
  }
  return null;
}

/**
 * The path of a Chromium: an installed one, else Debian's package, installed here (as root on Debian),
 * else Playwright's own download.
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  const tried = [];
  for (const way of [installFromDebian, installFromPlaywright]) {
    const failure = await way();
    const path = await findChromium();
    if (path) return path;
    tried.push(failure);
  }
  throw new Problem(
    `The browser tests need a Chromium, and none could be installed (${tried.join("; ")}). ` +
      "Install one (on Debian: apt-get install chromium) or set CHROMIUM_PATH to it.",
  );
}

async function installFromDebian() {
  if (process.getuid?.() !== 0) return "not root, so no Debian package";
  if (!existsSync("/usr/bin/apt-get")) return "no apt-get here";
  say("Installing Debian's chromium …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () =>
    runTask("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env });
  let result = await install();
  if (result.code !== 0) {
    await runTask("apt-get", ["update"], { env });
    result = await install();
  }
  return `apt-get ended with code ${result.code}`;
}

async function installFromPlaywright() {
  say("Fetching Playwright's own Chromium …");
  const cli = "node_modules/@playwright/test/cli.js";
  const { code } = await runNode([cli, "install", "chromium"]);
  return `playwright install ended with code ${code}`;
}

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(":");
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;
}

function starts(path) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}
