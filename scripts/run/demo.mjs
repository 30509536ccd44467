import { command } from "../base/command.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { duration, excerpt, say } from "../base/say.mjs";
import { runNode } from "../base/task.mjs";
import { ensureInstalled } from "../install.mjs";
import { ensureDemoSecrets } from "../secrets.mjs";
import { ensureBuilt } from "./build.mjs";
import { choosePort, startWeb, startWorker, untilOneEnds } from "./console.mjs";
import { migrate, openDatabase } from "./database.mjs";
import { claimDemo } from "./demo-lock.mjs";
import { waitForHealth } from "./health.mjs";
import { openReceiver } from "./receiver.mjs";
import { openSupplier } from "./supplier.mjs";

const allIsWell = { exitCode: () => 0 };

/** `npm run demo`: everything, from a bare clone to a console to sign in to. */
export const main = command(async () => {
  const startedAt = Date.now();
  const host = process.env.KEYHOLD_HOST ?? "127.0.0.1";
  claimDemo();
  const port = await choosePort({ host, command: "npm run demo" });
  await ensureInstalled();
  const [env] = await Promise.all([
    openWorld({ port, environment: "demo", mode: "production" }),
    ensureBuilt(),
  ]);

  const web = startWeb({ port, host, env });
  const worker = startWorker({ env });
  await waitForHealth({ host, port, ended: web.ended });
  welcome({ env, took: duration(Date.now() - startedAt) });
  return untilOneEnds([web, worker]);
}, allIsWell);

/**
 * All that a demo's console stands on: the database with its story, the supplier and a receiver. Answers the
 * environment for the console's processes. Nothing in here needs the build.
 */
export async function openWorld({ port, environment, mode }) {
  const secrets = ensureDemoSecrets(dataFolder);
  const [databaseUrl, supplier, receiver] = await Promise.all([
    openMigratedDatabase(),
    openSupplier(),
    openReceiver(),
  ]);
  const env = {
    LOG_LEVEL: "warn",
    ...process.env,
    ...secrets,
    ...supplier,
    ...receiver,
    DATABASE_URL: databaseUrl,
    // Not passed on: whoever takes a process over gets no more of the database than that process may do.
    KEYHOLD_OWNER_DATABASE_URL: undefined,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL ?? `http://localhost:${port}`,
    KEYHOLD_ENVIRONMENT: environment,
    NODE_ENV: mode,
    PORT: String(port),
  };
  const { code, output } = await runNode(["--import", "tsx", "prisma/seed.ts"], { env });
  if (code !== 0) throw new Problem(`The demo's story could not be written:\n${excerpt(output)}`);
  return env;
}

async function openMigratedDatabase() {
  const database = await openDatabase();
  await migrate(database);
  return database.url;
}

/** Tells where the console is and how to get in. */
export function welcome({ env, took }) {
  const line = "─".repeat(60);
  say(`\n${line}`);
  say(`  Keyhold is ready (${took})\n`);
  say(`  Address    ${env.NEXTAUTH_URL}`);
  say(`  E-mail     ${env.ADMIN_EMAIL}`);
  say(`  Password   ${env.ADMIN_PASSWORD}\n`);
  say("  Ctrl-C stops it; what you did is kept in .data/");
  say(`${line}\n`);
}
