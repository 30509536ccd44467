/** The benchmarks themselves; `scripts/bench.mjs` starts this with servers that it keeps, and ends it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BENCHES } from "./benches.ts";
import type { Options } from "./frame/options.ts";
import { writeResults } from "./frame/readme.ts";
import { entryOf, linesOf, type Report, tableOf } from "./frame/report.ts";
import { readVersions } from "./frame/versions.ts";
import { killProcesses } from "./world/actor.ts";
import { withClient } from "./world/databases.ts";
import { openRedis } from "./world/redis.ts";
import { waitUntil } from "./world/wait-until.ts";
import type { World } from "./world/world.ts";

type Given = Options & Omit<World, "restartPostgres" | "redisUrl"> & { postmasterFile: string };

const given = JSON.parse(process.argv[2] ?? "{}") as Given;
if (!given.adminUrl) throw new Error("Use npm run bench.");

const say = (line: string) => process.stdout.write(`${line}\n`);
const tell = given.json ? (line: string) => process.stderr.write(`${line}\n`) : say;

process.on("exit", killProcesses);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(1));

const needsRedis = !given.only || given.only.includes("P1");
const redis = needsRedis && given.redisMissing === null ? await openRedis(given.folder) : null;
const world: World = { ...given, redisUrl: redis?.url ?? null, restartPostgres };
const versions = await readVersions(world);
tell(versions);

const reports: Report[] = [];
for (const bench of BENCHES) {
  if (given.only && !given.only.includes(bench.id)) continue;
  tell(`\n── ${bench.id}: ${bench.title}`);
  const findings = await bench.run(world, { rounds: given.rounds, tiny: false }, tell);
  const report = { bench, findings };
  reports.push(report);
  for (const line of linesOf(report)) tell(line);
}
if (given.write) {
  const today = new Date().toISOString().slice(0, 10);
  const file = join(fileURLToPath(new URL(".", import.meta.url)), "README.md");
  writeResults(file, tableOf(reports, versions, today));
  tell(`\nWritten to ${file}`);
}
await redis?.stop();
const entries = reports.map(entryOf);
if (given.json) say(JSON.stringify(entries, null, 2));
process.exit(entries.every(({ ok }) => ok) ? 0 : 1);

/** Whoever started us starts it again. */
async function restartPostgres(): Promise<void> {
  const [pid] = readFileSync(given.postmasterFile, "utf8").split("\n").map(Number);
  if (!pid) throw new Error("PostgreSQL is not running.");
  process.kill(pid, "SIGINT");
  await waitUntil("PostgreSQL has gone", async () => !isAlive(pid), { patienceMs: 60_000 });
  await waitUntil("PostgreSQL is back", () =>
    withClient(given.adminUrl, async (client) => client.query("select 1")).then(
      () => true,
      () => false,
    ),
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
