import { duration, excerpt, say } from "../base/say.mjs";
import { runNode } from "../base/task.mjs";

/**
 * Runs stages one after the other, going on after a failed one, and answers the totals. A stage is
 * `{ name, run(results), needs? }`; its `run` answers `{ passed, failed, failures?, note? }` (`failures`:
 * what failed, a text each) or throws. One whose `needs` (names of earlier stages) failed is not run and
 * counts as failed.
 */
export async function runStages(stages) {
  const results = [];
  for (const { name, run, needs = [] } of stages) {
    const startedAt = Date.now();
    say(`\n── ${name}`);
    const missing = needs.find((need) =>
      results.some((each) => each.name === need && each.failed > 0),
    );
    const result = missing
      ? { passed: 0, failed: 1, note: `not run, since "${missing}" failed` }
      : await guarded(run);
    const took = duration(Date.now() - startedAt);
    results.push({ name, ...result, took });
    say(`── ${name}: ${inWords(result)} (${took})`);
  }
  return results;
}

/**
 * Prints once more what failed, the table and, last, the line that other programs read; answers the
 * exit code.
 */
export function summarise(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const failures = results.flatMap(({ failures = [] }) => failures);
  if (failures.length > 0) say("\n── what failed");
  for (const failure of failures) say(failure);
  say("\n── summary");
  for (const { name, took, ...result } of results) {
    say(
      `${result.failed > 0 ? "✗" : "✓"} ${name.padEnd(28)} ${took.padStart(10)}   ${inWords(result)}`,
    );
  }
  say(`\n${total("passed")} passed, ${total("failed")} failed`);
  return total("failed") > 0 ? 1 : 0;
}

/** A stage that is one program: its output is shown only where it fails. */
export async function runCheck(args) {
  const { FORCE_COLOR, ...env } = process.env;
  const { code, output } = await runNode(args, { env: { ...env, NO_COLOR: "1" } });
  if (code === 0) return { passed: 1, failed: 0 };
  say(output.trimEnd());
  return { passed: 0, failed: 1 };
}

/** A stage that asks one function for sentences on what is wrong. */
export function reportProblems(problems, note) {
  for (const problem of problems) say(problem);
  return problems.length > 0 ? { passed: 0, failed: 1 } : { passed: 1, failed: 0, note };
}

async function guarded(run) {
  try {
    return await run();
  } catch (error) {
    say(error.name === "Problem" ? error.message : excerpt(error.stack));
    return { passed: 0, failed: 1 };
  }
}

function inWords({ passed, failed, note }) {
  const count =
    passed + failed > 1 ? `${passed} passed, ${failed} failed` : failed > 0 ? "failed" : "ok";
  return note ? `${count}; ${note}` : count;
}
