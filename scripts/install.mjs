import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./base/folder-lock.mjs";
import { readJson } from "./base/json-file.mjs";
import { Problem } from "./base/problem.mjs";
import { dataFolder, root } from "./base/root.mjs";
import { duration, excerpt, say } from "./base/say.mjs";
import { runNode, runTask } from "./base/task.mjs";

const modules = join(root, "node_modules");
const stampFile = join(modules, ".keyhold-installed");
const schemaFile = join(root, "prisma", "schema.prisma");
const clientFolder = join(root, "prisma", "generated");
const clientStampFile = join(clientFolder, ".keyhold-generated");

/** Installs the locked packages and generates the database client, each only where it is out of date. */
export async function ensureInstalled() {
  await withLock(
    join(dataFolder, "install.lock"),
    async () => {
      await ensurePackages();
      await ensureDatabaseClient();
    },
    { timeoutMs: 600_000 },
  );
}

async function ensurePackages() {
  const wanted = hashOf(join(root, "package-lock.json"));
  if (readText(stampFile) === wanted) return;
  if (
    !isInstalled(
      readJson(join(root, "package-lock.json")),
      readJson(join(modules, ".package-lock.json")),
    )
  ) {
    const startedAt = Date.now();
    say("Installing the packages (npm ci); the first time this takes a minute or so …");
    const [file, ...first] = npmCommand();
    const { code, output } = await runTask(file, [
      ...first,
      "ci",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]);
    if (code !== 0) {
      throw new Problem(
        `npm could not install the packages. It said:\n${excerpt(output)}\n` +
          "Check the network and the npm registry's settings (npm ping), then run the command again.",
      );
    }
    say(`Packages installed in ${duration(Date.now() - startedAt)}`);
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stampFile, wanted);
}

/**
 * Whether npm's own record of what it last installed here is just what the lockfile asks for. Packages
 * for other platforms may be missing. An interrupted install leaves no record.
 */
export function isInstalled(lockfile, record) {
  if (!record.packages || !lockfile.packages) return false;
  const present = (path) => record.packages[path]?.version;
  const wanted = Object.entries(lockfile.packages).filter(([path]) => path !== "");
  const extra = Object.keys(record.packages).some((path) => !(path in lockfile.packages));
  return (
    !extra && wanted.every(([path, { version, optional }]) => present(path) === version || optional)
  );
}

/** Regenerates the Prisma client after a change of the schema. */
export async function ensureDatabaseClient() {
  const wanted = `${hashOf(schemaFile)} ${readText(stampFile)}`;
  if (readText(clientStampFile) === wanted) return;
  const { code, output } = await runNode(
    [join(modules, "prisma", "build", "index.js"), "generate"],
    {
      env: {
        ...process.env,
        // Prisma's command line fetches an engine that `generate` never runs, unless it is told of one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (code !== 0 || !existsSync(clientFolder)) {
    throw new Problem(
      `The database client could not be generated. Prisma said:\n${excerpt(output)}`,
    );
  }
  writeFileSync(clientStampFile, wanted);
}

/** npm as it runs us now, else as the shell would find it. */
function npmCommand() {
  const path = process.env.npm_execpath;
  return path?.endsWith("npm-cli.js") ? [process.execPath, path] : ["npm"];
}

function hashOf(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
