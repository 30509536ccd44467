import type { DossierStep } from "./types.ts";

export type TrailEntry = { at: Date; kind: string; data: Record<string, unknown> };

/** What a supplier may read of each kind: its own words, ids, numbers. Nobody's name, nobody's reason. */
const TOLD: Record<string, readonly string[]> = {
  placed: [],
  create_sent: [],
  create_accepted: ["supplierOrderId", "word"],
  create_refused: ["class", "code", "httpStatus", "detail"],
  create_deferred: [],
  create_unknown: ["detail", "httpStatus"],
  create_orphaned: ["supplierOrderId", "word"],
  adopted: ["supplierOrderId", "word"],
  pay_sent: [],
  pay_accepted: ["word"],
  pay_refused: ["class", "code", "httpStatus", "detail"],
  pay_unknown: ["detail", "httpStatus"],
  status_changed: ["from", "to", "word", "reason"],
  looked: ["word"],
  look_failed: ["error"],
  backward_ignored: ["word"],
  codes_stored: ["count"],
};
const LOOKS = ["looked", "look_failed"];
/** Beginning and end tell the most. */
const BEGINNING = 60;
const END = 120;

/** An order's timeline as its supplier may read it; looks that follow each other become one step. Pure. */
export function foldTrail(entries: readonly TrailEntry[]): DossierStep[] {
  const steps: DossierStep[] = [];
  for (const { at, kind, data } of entries) {
    const told = Object.hasOwn(TOLD, kind) ? TOLD[kind] : undefined;
    if (!told) continue;
    const facts = pick(data, told);
    if (!LOOKS.includes(kind)) {
      steps.push({ at: at.toISOString(), what: kind, facts });
      continue;
    }
    const times = Number(data.count ?? 1);
    const until = typeof data.lastAt === "string" ? data.lastAt : at.toISOString();
    steps.push({ at: at.toISOString(), what: kind, until, times, facts });
  }
  return shorten(foldTurns(steps));
}

/** Looks that succeed and fail by turns, over and over, are two steps. */
function foldTurns(steps: readonly DossierStep[]): DossierStep[] {
  const folded: DossierStep[] = [];
  for (const step of steps) {
    const isLook = LOOKS.includes(step.what);
    const before = isLook && LOOKS.includes(folded.at(-1)?.what ?? "");
    const index = before ? [1, 2].find((back) => isSame(folded.at(-back), step)) : undefined;
    const same = index === undefined ? undefined : folded.at(-index);
    if (same && index !== undefined) {
      folded[folded.length - index] = {
        ...same,
        until: step.until ?? step.at,
        times: (same.times ?? 1) + (step.times ?? 1),
      };
    } else folded.push(step);
  }
  return folded;
}

const isSame = (left: DossierStep | undefined, right: DossierStep): boolean =>
  left?.what === right.what && JSON.stringify(left.facts) === JSON.stringify(right.facts);

function shorten(steps: DossierStep[]): DossierStep[] {
  const left = steps.length - BEGINNING - END;
  const first = steps[BEGINNING];
  if (left <= 1 || !first) return steps;
  const gap = { at: first.at, what: "left_out", times: left, facts: {} };
  return [...steps.slice(0, BEGINNING), gap, ...steps.slice(-END)];
}

const LONGEST_TEXT = 500;

function pick(data: Record<string, unknown>, names: readonly string[]): DossierStep["facts"] {
  const facts: DossierStep["facts"] = {};
  for (const name of names) {
    const value = data[name];
    if (typeof value === "string") facts[name] = value.slice(0, LONGEST_TEXT);
    else if (typeof value === "number" || typeof value === "boolean") facts[name] = value;
  }
  return facts;
}
