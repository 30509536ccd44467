import { existsSync } from "node:fs";
import { join } from "node:path";
import { command } from "../base/command.mjs";
import { Problem } from "../base/problem.mjs";
import { root } from "../base/root.mjs";
import { duration, say } from "../base/say.mjs";
import { nodeWarning } from "../check-floors.mjs";
import { ensureInstalled } from "../install.mjs";
import { choosePort, startWeb, startWorker, untilOneEnds } from "./console.mjs";
import { migrate, openDatabase } from "./database.mjs";
import { openWorld, welcome } from "./demo.mjs";
import { claimDemo } from "./demo-lock.mjs";
import { loadEnvFiles } from "./env-files.mjs";
import { waitForHealth } from "./health.mjs";

const modes = { "--web": "web", "--worker": "worker", "--dev": "dev" };

/** `npm start`, `npm run web`, `npm run worker`, `npm run dev`. A stop by a signal is a success. */
export const main = command(
  async (argv) => {
    const mode = argv.length === 0 ? "both" : modes[argv[0]];
    if (!mode || argv.length > 1) {
      throw new Problem(
        `scripts/start.mjs knows --web, --worker and --dev, not ${argv.join(" ")}.`,
      );
    }
    return mode === "dev" ? develop() : serve(mode);
  },
  { exitCode: () => 0 },
);

/** The installation's own secrets, taken from the environment; the processes refuse to start without. */
async function serve(mode) {
  const host = process.env.KEYHOLD_HOST ?? "0.0.0.0";
  requireInstalled(mode);
  loadEnvFiles();
  if (nodeWarning(process.versions.node)) say(nodeWarning(process.versions.node));
  const port =
    mode === "worker"
      ? null
      : await choosePort({ host, command: `npm ${mode === "web" ? "run web" : "start"}` });
  const database = await openDatabase();
  await migrate(database);
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    // Not passed on: whoever takes a process over gets no more of the database than that process may do.
    KEYHOLD_OWNER_DATABASE_URL: undefined,
    NODE_ENV: "production",
  };
  const alone = mode !== "both";
  const services = [];
  if (mode !== "worker") services.push(startWeb({ port, host, env, alone }));
  if (mode !== "web") services.push(startWorker({ env, alone }));
  return untilOneEnds(services);
}

/** `next dev`, the worker and the simulator, with the demo's database, story and sign-in. */
async function develop() {
  const startedAt = Date.now();
  const host = process.env.KEYHOLD_HOST ?? "127.0.0.1";
  claimDemo();
  const port = await choosePort({ host, command: "npm run dev" });
  await ensureInstalled();
  const env = await openWorld({ port, environment: "development", mode: "development" });
  const web = startWeb({ port, host, env, dev: true });
  const worker = startWorker({ env });
  await waitForHealth({ host, port, ended: web.ended });
  welcome({ env, took: duration(Date.now() - startedAt) });
  return untilOneEnds([web, worker]);
}

function requireInstalled(mode) {
  if (!existsSync(join(root, "prisma", "generated"))) {
    throw new Problem(
      "Nothing is built yet. Run `npm ci` and `npm run build`, then this command again.",
    );
  }
  if (mode !== "worker" && !existsSync(join(root, ".next", "BUILD_ID"))) {
    throw new Problem("The console isn't built yet. Run `npm run build`, then this command again.");
  }
}
