import { type Bench, type Finding, meets } from "./bench.ts";
import { plain } from "./rounds.ts";

/** What `--json` prints, one for each benchmark: the finding that is furthest below its target, or least above it. */
export type Entry = {
  id: string;
  ratio: number;
  target: number;
  bound: Finding["bound"];
  /** Every finding of the benchmark meets its target. */
  ok: boolean;
  detail: string;
  findings: (Finding & { ok: boolean })[];
};

export type Report = { bench: Bench; findings: Finding[] };

export function entryOf({ bench, findings }: Report): Entry {
  const [worst] = findings.toSorted((left, right) => headroom(left) - headroom(right));
  if (!worst) throw new Error(`${bench.id} found nothing.`);
  return {
    id: bench.id,
    ratio: worst.ratio,
    target: worst.target,
    bound: worst.bound,
    ok: findings.every(meets),
    detail: findings.map(({ name, detail }) => `${name}: ${detail}`).join("; "),
    findings: findings.map((finding) => ({ ...finding, ok: meets(finding) })),
  };
}

/** Above 1 the target is met. */
function headroom({ ratio, target, bound }: Finding): number {
  // A target of nothing at all is met or not.
  if (target === 0) return ratio > 0 ? 0 : Number.POSITIVE_INFINITY;
  return bound === "at_least" ? ratio / target : target / Math.max(ratio, 1e-9);
}

export function linesOf({ bench, findings }: Report): string[] {
  return findings.map((finding) => {
    const mark = meets(finding) ? "✓" : "✗";
    return `${mark} ${bench.id.padEnd(4)} ${finding.name}: ${withSpread(finding)}, target ${targetText(finding)}\n       ${finding.detail}`;
  });
}

/** The table of `bench/README.md`. */
export function tableOf(reports: Report[], versions: string, takenOn: string): string {
  const rows = reports.flatMap(({ bench, findings }) =>
    findings.map(
      (finding) =>
        `| ${bench.id} | ${finding.name} | ${withSpread(finding)} | ${targetText(finding)} | ${meets(finding) ? "met" : "**missed**"} | ${finding.detail} |`,
    ),
  );
  return [
    `Taken on ${takenOn}: ${versions}.`,
    "",
    "| # | What is measured | Result (single rounds) | Target | | Behind it |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function withSpread({ ratio, spread }: Finding): string {
  return spread ? `${plain(ratio)} (${plain(spread.min)}–${plain(spread.max)})` : plain(ratio);
}

const targetText = ({ target, bound }: Finding): string =>
  target === 0 ? "0" : `${bound === "at_least" ? "≥" : "≤"} ${target}`;
