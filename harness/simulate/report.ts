/** What a series of runs came to, in words. */
import { execFileSync } from "node:child_process";
import type { Report } from "./batch.ts";
import type { Smaller } from "./smaller.ts";

const LONGEST_TRACE = 400;

/** What was run, for whoever repeats it: the commit, and whether it was changed since. */
export function commitName(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const name = git("rev-parse", "--short=12", "HEAD");
    return git("status", "--porcelain") === "" ? name : `${name}, with changes`;
  } catch {
    return "unknown";
  }
}

/** N clean runs say no more than this of the next one, at 95 % (the rule of three). */
export function boundText(clean: number): string {
  return `${clean} seeds clean, so fewer than ${percent(3 / clean)} of seeds fail, at 95 %`;
}

export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 1 ? value.toFixed(1) : value.toPrecision(2)} %`;
}

/** The command that runs a seed again, as it was or as far as it could be shortened. */
export function repeatCommand(
  { seed, profile, traits }: Pick<Report, "seed" | "profile" | "traits">,
  smaller: Smaller,
  control: string | null,
): string {
  const less = Object.keys(smaller).length > 0 ? ` --smaller '${JSON.stringify(smaller)}'` : "";
  const what = control === null ? ` --profile ${profile}` : ` --control ${control}`;
  const how = traits === "polled" || control !== null ? "" : ` --traits ${traits}`;
  return `npm run simulate -- --seed ${seed}${how}${what}${less} --trace`;
}

export function failureText(report: Report, commit: string, control: string | null): string {
  const { seed, profile, violations, trace, smaller } = report;
  const lines = trace.length > LONGEST_TRACE ? ["…", ...trace.slice(-LONGEST_TRACE)] : trace;
  const isShorter = Object.keys(smaller).length > 0;
  return [
    `✗ seed ${seed} (profile ${profile}, commit ${commit})`,
    ...violations.map((violation) => `    ${violation}`),
    ...(lines.length > 0
      ? [isShorter ? "  As short as it could be made:" : "  What happened:"]
      : []),
    ...lines,
    `  Again: ${repeatCommand(report, {}, control)}`,
    ...(isShorter ? [`  Short: ${repeatCommand(report, smaller, control)}`] : []),
  ].join("\n");
}
