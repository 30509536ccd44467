import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { command } from "../base/command.mjs";
import { withLock } from "../base/folder-lock.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder, root } from "../base/root.mjs";
import { duration, excerpt, say } from "../base/say.mjs";
import { runNode } from "../base/task.mjs";
import { ensureDatabaseClient } from "../install.mjs";

// `next build` empties its folder, so the stamp of an older build can't outlive it.
const stampFile = join(root, ".next", "keyhold-build");
/** At the top of the clone: what the console isn't built from. */
const notSources =
  /^(\.|node_modules$|cli$|e2e$|bench$|harness$|receiver$|simulator$|scripts$|test-results$|playwright-report$)/;
const notSourceFiles = /(\.test\.\w+|\.md|\.tsbuildinfo|next-env\.d\.ts)$/;

/** `npm run build`: builds the console, whether or not something has changed. */
export const main = command(async () => {
  await ensureDatabaseClient();
  return build("all");
});

/** Builds the console if its sources have changed since the last build; answers whether it did. */
export function ensureBuilt() {
  return withLock(join(dataFolder, "build.lock"), buildIfChanged, { timeoutMs: 600_000 });
}

async function buildIfChanged() {
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === hashOfSources(root))
    return false;
  const startedAt = Date.now();
  say("Building the console (about a minute when it is new) …");
  await build("nothing");
  say(`Built in ${duration(Date.now() - startedAt)}`);
  return true;
}

async function build(show) {
  const wanted = hashOfSources(root);
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production" };
  const built = await runNode([next, "build"], { env, show });
  // A page, route or server action of which nobody has said who may come in is not to be served.
  const doors = ["--import", "tsx", join(root, "app", "_doors", "check.ts")];
  const { code, output } = built.code === 0 ? await runNode(doors, { env, show }) : built;
  if (code === 0) writeFileSync(stampFile, wanted);
  else if (show === "nothing")
    throw new Problem(`The console could not be built:\n${excerpt(output, 40)}`);
  return code;
}

/** One word for the content of everything that a build reads; the same on every machine. */
export function hashOfSources(folder) {
  const hash = createHash("sha256").update(process.version);
  for (const path of sourcesIn(folder, folder)) {
    hash.update(`\0${relative(folder, path)}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function* sourcesIn(folder, top) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (folder === top && notSources.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (relative(top, path) === join("prisma", "generated")) continue;
    if (entry.isDirectory()) yield* sourcesIn(path, top);
    else if (entry.isFile() && !notSourceFiles.test(entry.name)) yield path;
  }
}
