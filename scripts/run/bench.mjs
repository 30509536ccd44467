import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { command } from "../base/command.mjs";
import { lockHolder, tryLock } from "../base/folder-lock.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { say } from "../base/say.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { ensureInstalled } from "../install.mjs";
import { keepPostgresUp } from "../keep-postgres-up.mjs";
import { stopServer } from "../postgres/server.mjs";
import { startService } from "../processes.mjs";
import { ensureRedis } from "../redis.mjs";
import { migrate } from "./database.mjs";

const folder = join(dataFolder, "bench");
const postgresFolder = join(folder, "postgres");
const usage = "npm run bench -- [--only P1,P5] [--rounds N] [--json] [--write]";
const purchasing = [
  "P1",
  "P2",
  "P3",
  "P4",
  "P5",
  "P6",
  "P7",
  "P10",
  "P11",
  "P12",
  "FRESH",
  "CROWD",
];
const ids = [...purchasing, "STOCK", "TRIAGE", "SEAL", "INBOUND", "AUDIT", "API"];

/** `npm run bench`: how fast, sparing and steady the engine is, side by side with others. */
export const main = command(async (argv) => {
  const options = readOptions(argv);
  await ensureInstalled();
  claimBench();
  await emptyFolder();
  const tell = options.json ? (line) => process.stderr.write(`${line}\n`) : say;
  const redisMissing = await ensureRedis(tell);
  const { url, adminUrl } = await keepPostgresUp(postgresFolder);
  await migrate({ url, ownerUrl: url });
  const given = {
    ...options,
    adminUrl,
    template: "keyhold",
    folder: join(folder, "logs"),
    redisMissing,
    postmasterFile: join(postgresFolder, "postmaster.pid"),
  };
  const service = startService({
    name: "bench",
    args: ["--import", "tsx", "bench/main.ts", JSON.stringify(given)],
    env: process.env,
    alone: true,
  });
  const { code } = await service.ended;
  return code;
});

/** The command line as plain values, or a sentence on what is wrong with it. */
export function readOptions(argv) {
  const values = parse(argv);
  const only = values.only?.split(",").map((id) => id.trim().toUpperCase()) ?? null;
  const stranger = only?.find((id) => !ids.includes(id));
  if (stranger !== undefined) {
    throw new Problem(`There is no benchmark ${stranger}; there are ${ids.join(", ")}.`);
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100) {
    throw new Problem(`--rounds takes a whole number from 1 to 100, not ${values.rounds}.`);
  }
  if (values.write && only) {
    throw new Problem("--write puts down the whole table, so it goes without --only.");
  }
  return { only, rounds, json: values.json, write: values.write };
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        only: { type: "string" },
        rounds: { type: "string", default: "5" },
        json: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error.message}\nUse: ${usage}`);
  }
}

/** One run at a time in a clone: two would measure each other. */
function claimBench() {
  const path = join(dataFolder, "bench.lock");
  const release = tryLock(path);
  if (!release) {
    throw new Problem(`A benchmark is running here already (process ${lockHolder(path)}).`);
  }
  onShutdown(async () => release());
}

async function emptyFolder() {
  // Of a run that was killed outright.
  await stopServer(postgresFolder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "logs"), { recursive: true });
}
