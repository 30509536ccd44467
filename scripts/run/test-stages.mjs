import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../base/root.mjs";
import { say } from "../base/say.mjs";
import { onShutdown } from "../base/shutdown.mjs";
import { runNode } from "../base/task.mjs";
import { firstLoadProblems, measureFirstLoad } from "../check-first-load.mjs";
import { ensureChromium } from "../chromium.mjs";
import { openTestServer } from "../test-server.mjs";
import { ensureBuilt } from "./build.mjs";
import { reportProblems } from "./stage.mjs";
import { countPlaywright, countVitest, reconcile } from "./test-reports.mjs";

/** The unit tests alone: those that need no database. */
export const unitStage = {
  name: "unit tests",
  run: () => vitest({ KEYHOLD_WITHOUT_DATABASE: "1" }),
};

/** Unit and integration tests, the latter on a real PostgreSQL. */
export const testStage = {
  name: "unit and integration tests",
  run: async () => vitest({ KEYHOLD_TEST_DATABASE_URL: await openTestDatabase() }),
};

/** Seeds by how the supplier works: most as FoxReload does. `npm run simulate -- --seeds N` runs any number. */
const SERIES = {
  ...{ polled: 80, guarded: 10, by_reference: 10, found_and_listed: 10, push: 10 },
  ...{ push_and_poll: 10, thin: 10, socket: 10, no_codes: 10 },
};

/** The engine in virtual time, under faults and crashes: each seed that holds every invariant is a pass. */
export const simulationStage = {
  name: "simulation",
  run: async () => {
    const total = { passed: 0, failed: 0 };
    const notes = [];
    for (const [traits, wanted] of Object.entries(SERIES)) {
      const { code, report } = await simulation(["--traits", traits, "--seeds", String(wanted)]);
      if (!report) {
        say(`${traits}: no report; ended with code ${code}`);
        total.failed += 1;
        continue;
      }
      const { seeds, seconds, failures, missed } = report;
      for (const { seed, violations } of failures)
        say(`${traits}, seed ${seed}: ${violations.join("; ")}`);
      // A long series fails for it; so few seeds don't come to every rare place, and say so.
      if (missed.length > 0)
        say(`not reached by these ${seeds} seeds (${traits}): ${missed.join("; ")}`);
      total.passed += seeds - failures.length;
      total.failed += failures.length;
      notes.push(`${traits} ${Math.round((seeds / seconds) * 60)} seeds a minute`);
    }
    return { ...total, note: notes.join(", ") };
  },
};

/** Broken variants of the engine: the simulation has to notice each of them. */
export const controlsStage = {
  name: "negative controls of the simulation",
  run: async () => {
    const { code, report } = await simulation(["--controls", "--seeds", "400"]);
    if (!report) return { passed: 0, failed: 1, note: `no report; ended with code ${code}` };
    const noticed = report.controls.filter(({ seeds }) => seeds !== null);
    const missed = report.controls.filter(({ seeds }) => seeds === null);
    for (const { control } of missed) say(`${control} was not noticed in 400 seeds`);
    return {
      passed: noticed.length,
      failed: missed.length,
      note: noticed.map(({ control, seeds }) => `${control} after ${seeds}`).join(", "),
    };
  },
};

async function simulation(args) {
  const { code, output } = await runNode(
    ["--import", "tsx", "harness/simulate/main.ts", "--json", ...args],
    { env: { ...process.env, KEYHOLD_TEST_DATABASE_URL: await openTestDatabase() } },
  );
  const line = output.split("\n").findLast((text) => /^[[{]/.test(text));
  if (!line) say(output.trimEnd());
  return { code, report: line ? JSON.parse(line) : null };
}

export const buildStage = {
  name: "build",
  run: async () => {
    const built = await ensureBuilt();
    return { passed: 1, failed: 0, note: built ? undefined : "unchanged since the last build" };
  },
};

export const firstLoadStage = {
  name: "first-load JavaScript",
  needs: ["build"],
  run: () => {
    const routes = measureFirstLoad(root);
    if (!routes || routes.length === 0)
      return reportProblems(["`next build` left no list of what each route loads."]);
    return reportProblems(
      firstLoadProblems(routes),
      `largest: ${routes[0].route}, ${routes[0].kb.toFixed(1)} kB`,
    );
  },
};

export const browserStage = {
  name: "browser tests",
  needs: ["build"],
  run: async () => {
    const env = {
      CHROMIUM_PATH: await ensureChromium(),
      KEYHOLD_TEST_DATABASE_URL: await openTestDatabase(),
    };
    return withReport(async (file) => {
      const args = ["node_modules/@playwright/test/cli.js", "test"];
      const result = await runNode(args, {
        env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        show: "all",
      });
      return { ...result, count: countPlaywright };
    });
  },
};

function vitest(env) {
  return withReport(async (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const result = await runNode(["node_modules/vitest/vitest.mjs", "run", ...reporters], {
      env: { ...process.env, ...env },
      show: "all",
    });
    return { ...result, count: countVitest };
  });
}

/** Hands a temporary file to a test runner and counts what it has reported there. */
async function withReport(run) {
  const folder = mkdtempSync(join(tmpdir(), "keyhold-test-"));
  const file = join(folder, "report.json");
  try {
    const { code, count } = await run(file);
    if (!existsSync(file))
      return { passed: 0, failed: 1, note: `no report; ended with code ${code}` };
    return reconcile(count(JSON.parse(readFileSync(file, "utf8"))), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let opening = null;

/** The address of a server for throw-away databases, opened once and stopped at shutdown. */
async function openTestDatabase() {
  if (!opening) {
    opening = openTestServer();
    onShutdown(() =>
      opening.then(
        (server) => server.stop(),
        () => {},
      ),
    );
  }
  return (await opening).adminUrl;
}
