/** The command: runs seeds, negative controls or one big world, and says what came of it. */
import { availableParallelism } from "node:os";
import type { Report } from "./batch.ts";
import { CONTROLS, type ControlName, controlOf } from "./controls/controls.ts";
import { addTo, type Coverage, LONG_SERIES, missing } from "./coverage.ts";
import { type Options, readOptions } from "./options.ts";
import { openPool, type Pool, type RunOrder } from "./pool.ts";
import { boundText, commitName, failureText } from "./report.ts";
import { runVolume } from "./volume.ts";

const MOST_PROCESSES = 8;
/** Only so many failures are made short and told of; the others are counted. */
const MOST_TOLD = 3;
const PROGRESS_EVERY_MS = 15_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const adminUrl = process.env.KEYHOLD_TEST_DATABASE_URL;
  if (!adminUrl) throw new Error("KEYHOLD_TEST_DATABASE_URL is not set: use `npm run simulate`.");
  if (options.intents !== null) return runVolume(options, options.intents, adminUrl, say);
  const enough = Math.min(MOST_PROCESSES, availableParallelism(), options.seeds);
  const pool = openPool(options.processes ?? enough, adminUrl);
  try {
    if (options.controls) return await runControls(pool, options);
    if (options.control) return await runControl(pool, options, options.control);
    return await runSeries(pool, options);
  } finally {
    await pool.close();
  }
}

function* orders(options: Options): Generator<RunOrder> {
  const { seed, seeds, profile, traits, orders, smaller, trace } = options;
  const wishes = { traits, ...(profile ? { profile } : {}), ...(orders ? { orders } : {}) };
  for (let offset = 0; offset < seeds; offset += 1) {
    const traces = trace && seeds === 1;
    // A run that is short already is told as it is.
    const shrinks = Object.keys(smaller).length === 0 && !options.controls;
    yield { kind: "run", seed: seed + offset, wishes, smaller, shrinks, traces };
  }
}

async function runSeries(pool: Pool, options: Options): Promise<number> {
  const startedAt = Date.now();
  const commit = commitName();
  const coverage: Coverage = new Map();
  const failed: Report[] = [];
  let done = 0;
  let steps = 0;
  let toldAt = startedAt;
  await pool.open(null);
  await pool.run(orders(options), (report) => {
    done += 1;
    steps += report.steps;
    addTo(coverage, report.places);
    if (report.violations.length > 0) {
      failed.push(report);
      if (!options.json && failed.length <= MOST_TOLD) say(failureText(report, commit, null));
    } else if (report.trace.length > 0 && !options.json) {
      say(report.trace.join("\n"));
    }
    if (!options.json && Date.now() - toldAt > PROGRESS_EVERY_MS) {
      toldAt = Date.now();
      say(`  ${done} of ${options.seeds} seeds, ${failed.length} failed`);
    }
    return failed.length >= 20 ? "stop" : undefined;
  });
  const seconds = (Date.now() - startedAt) / 1_000;
  const missed = missing(coverage, options.traits);
  const isLong = done >= LONG_SERIES;
  if (options.json) {
    const failures = failed.map(({ seed, profile, violations, smaller }) => ({
      seed,
      profile,
      violations,
      smaller,
    }));
    say(
      JSON.stringify({
        commit,
        seeds: done,
        steps,
        seconds,
        failures,
        missed,
        coverage: Object.fromEntries(coverage),
      }),
    );
  } else {
    const pace = `${Math.round((done / seconds) * 60)} a minute, ${Math.round(steps / done)} steps each`;
    say(`${done} seeds in ${Math.round(seconds)} s (${pace})`);
    if (failed.length === 0) say(boundText(done));
    else say(`${failed.length} failed: ${failed.map(({ seed }) => seed).join(", ")}`);
    if (isLong) for (const place of missed) say(`✗ never in ${done} seeds: ${place}`);
    if (isLong && missed.length === 0) say("Every crash point and branch was come to.");
  }
  return failed.length > 0 || (isLong && missed.length > 0) ? 1 : 0;
}

/** Answers how many seeds it took to notice; null when it wasn't. */
async function seedsUntilCaught(pool: Pool, options: Options, control: ControlName) {
  const found: Report[] = [];
  await pool.open(control);
  await pool.run(orders(options), (report) => {
    const real = report.violations.filter((violation) => !violation.startsWith("harness"));
    if (real.length === 0) return undefined;
    found.push({ ...report, violations: real });
    return "stop";
  });
  const [caught = null] = found.toSorted((left, right) => left.seed - right.seed);
  return { caught, after: caught ? caught.seed - options.seed + 1 : null };
}

async function runControl(pool: Pool, options: Options, control: ControlName): Promise<number> {
  const { caught } = await seedsUntilCaught(pool, options, control);
  if (!caught) {
    say(`✗ ${control} (${controlOf(control).what}) was not noticed in ${options.seeds} seeds`);
    return 1;
  }
  say(failureText(caught, commitName(), control));
  return 0;
}

async function runControls(pool: Pool, options: Options): Promise<number> {
  const results: { control: string; seeds: number | null; invariant: string | null }[] = [];
  for (const control of Object.keys(CONTROLS) as ControlName[]) {
    const { caught, after } = await seedsUntilCaught(pool, options, control);
    const invariant = caught?.violations[0]?.split(":")[0] ?? null;
    results.push({ control, seeds: after, invariant });
    if (options.json) continue;
    const { what } = controlOf(control);
    say(
      caught
        ? `✓ ${control.padEnd(20)} noticed after ${String(after).padStart(3)} seeds: ${caught.violations[0]}`
        : `✗ ${control.padEnd(20)} not noticed in ${options.seeds} seeds (${what})`,
    );
  }
  if (options.json) say(JSON.stringify({ controls: results }));
  return results.every(({ seeds }) => seeds !== null) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  },
);
