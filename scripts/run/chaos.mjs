import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command } from "../base/command.mjs";
import { lockHolder, tryLock } from "../base/folder-lock.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { say } from "../base/say.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { runNode } from "../base/task.mjs";
import { ensureInstalled } from "../install.mjs";
import { keepPostgresUp } from "../keep-postgres-up.mjs";
import { stopServer } from "../postgres/server.mjs";
import { startService } from "../processes.mjs";
import { migrate } from "./database.mjs";

const folder = join(dataFolder, "chaos");
const postgresFolder = join(folder, "postgres");
const usage =
  "npm run chaos -- [--minutes N | --deliveries N] [--seed S] [--workers 2-4] [--create-charges | --create-is-free] [--json]";

/** `npm run chaos`: real processes, killed and lied to for some minutes, and then held against the truth. */
export const main = command(async (argv) => {
  const options = readOptions(argv);
  await ensureInstalled();
  claimChaos();
  await emptyFolder();
  const { url } = await keepPostgresUp(postgresFolder);
  await migrate({ url, ownerUrl: url });
  const service = startService({
    name: "chaos",
    args: ["--import", "tsx", "harness/chaos/main.ts", JSON.stringify(options)],
    env: { ...process.env, DATABASE_URL: url, KEYHOLD_CHAOS_FOLDER: folder },
    alone: true,
  });
  const { code } = await service.ended;
  return code;
});

/** A short run, for `npm test`: its report is shown only where it fails. */
export const chaosStage = {
  name: "chaos over real processes",
  run: async () => {
    const args = ["--minutes", "0.3", "--seed", "6", "--workers", "2"];
    const { code, output } = await runNode(["scripts/chaos.mjs", ...args]);
    if (code !== 0) {
      say(output.trimEnd());
      return { passed: 0, failed: 1 };
    }
    const [, wishes] = /wishes +(\d+)/.exec(output) ?? [];
    return { passed: 1, failed: 0, note: `${wishes} orders` };
  },
};

/** The same for deliveries. */
export const deliveriesChaosStage = {
  name: "chaos of deliveries over real processes",
  run: async () => {
    const args = ["--deliveries", "240", "--seed", "6", "--workers", "2"];
    const { code, output } = await runNode(["scripts/chaos.mjs", ...args]);
    if (code !== 0) {
      say(output.trimEnd());
      return { passed: 0, failed: 1 };
    }
    const [, tries] = /^tries +(\d+)/m.exec(output) ?? [];
    return { passed: 1, failed: 0, note: `${tries} tries` };
  },
};

/** The command line as plain values, or a sentence on what is wrong with it. */
export function readOptions(argv) {
  const values = parse(argv);
  if (values["create-charges"] && values["create-is-free"]) {
    throw new Problem("Creating orders can't be both charged and free: give one of the two.");
  }
  return {
    minutes: numberOf("minutes", values.minutes, 0.1, 24 * 60),
    deliveries:
      values.deliveries === undefined ? null : wholeOf("deliveries", values.deliveries, 1, 100_000),
    seed: wholeOf("seed", values.seed ?? String(Math.floor(Math.random() * 1e9)), 0, 2 ** 31),
    workers: wholeOf("workers", values.workers, 2, 4),
    createCharges: values["create-charges"] ? true : values["create-is-free"] ? false : null,
    json: values.json,
  };
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        minutes: { type: "string", default: "5" },
        deliveries: { type: "string" },
        seed: { type: "string" },
        workers: { type: "string", default: "3" },
        "create-charges": { type: "boolean", default: false },
        "create-is-free": { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error.message}\nUse: ${usage}`);
  }
}

function numberOf(name, text, least, most) {
  const number = Number(text);
  if (text !== "" && number >= least && number <= most) return number;
  throw new Problem(`--${name} takes a number from ${least} to ${most}, not ${text}.`);
}

function wholeOf(name, text, least, most) {
  const number = numberOf(name, text, least, most);
  if (Number.isInteger(number)) return number;
  throw new Problem(`--${name} takes a whole number, not ${text}.`);
}

/** One run at a time in a clone: each begins with an empty folder. */
function claimChaos() {
  const path = join(dataFolder, "chaos.lock");
  const release = tryLock(path);
  if (!release) {
    throw new Problem(`Chaos is running here already (process ${lockHolder(path)}).`);
  }
  onShutdown(async () => release());
}

async function emptyFolder() {
  // Of a run that was killed outright; its own guard may be just about to do the same.
  await stopServer(postgresFolder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
