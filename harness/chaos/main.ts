/** The run itself; `scripts/chaos.mjs` starts it with a database that it keeps up, and ends it. */
import { join } from "node:path";
import { killChildren } from "./child.ts";
import { runDeliveriesChaos } from "./deliveries/run-deliveries-chaos.ts";
import { type ChaosOptions, planChaos } from "./plan.ts";
import { linesOf, reportOf } from "./report.ts";
import { runChaos } from "./run-chaos.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as ChaosOptions & { deliveries: number | null };
const { DATABASE_URL: databaseUrl, KEYHOLD_CHAOS_FOLDER: folder } = process.env;
if (!databaseUrl || !folder) throw new Error("Use npm run chaos.");

const say = (line: string) => process.stdout.write(`${line}\n`);
const tell = options.json ? () => undefined : say;

process.on("exit", killChildren);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(1));

if (options.deliveries !== null) process.exit(await deliveriesChaos(options.deliveries));

const plan = planChaos(options);
tell(`Seed ${plan.seed}: npm run chaos -- --minutes ${options.minutes} --seed ${plan.seed}`);
const result = await runChaos(plan, { databaseUrl, folder, tell });
const report = reportOf(options, plan, result, join(folder, "logs"));
if (options.json) say(JSON.stringify(report, null, 2));
else for (const line of linesOf(report)) say(line);
process.exit(report.violations.length > 0 ? 1 : 0);

/** Answers the exit code. */
async function deliveriesChaos(events: number): Promise<number> {
  const { seed, workers } = options;
  const surroundings = { databaseUrl: databaseUrl ?? "", folder: folder ?? "", tell };
  tell(`Seed ${seed}: npm run chaos -- --deliveries ${events} --seed ${seed}`);
  const report = await runDeliveriesChaos({ seed, events, workers }, surroundings);
  if (options.json) say(JSON.stringify({ seed, workers, ...report }, null, 2));
  else {
    const { violations, ...numbers } = report;
    for (const [name, value] of Object.entries(numbers)) say(`${name}  ${JSON.stringify(value)}`);
    for (const violation of violations) say(`VIOLATION  ${violation}`);
    if (violations.length === 0) say("no violations");
  }
  return report.violations.length > 0 ? 1 : 0;
}
