import { readSupplier, type SupplierView } from "#lib/placement/read-supplier.ts";
import type { PlacementMode } from "#lib/placement/types.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { Failure } from "../command.ts";
import { table } from "../table.ts";

export const MODES: Record<PlacementMode, string> = {
  create_is_free: "Creating costs nothing: a lost create is made again.",
  create_is_guarded:
    "A create that is repeated under the same reference makes nothing new: a lost one is made again.",
  create_may_charge:
    "Creating may cost: what is unclear is counted out before anything is sent again.",
};

/** Reads a supplier as a command shows it; fails with a sentence where there is none. */
export async function viewSupplier(core: Core, slug: string): Promise<SupplierView> {
  try {
    return await readSupplier(core, slug);
  } catch (error) {
    if (!(error instanceof KeyholdError && error.code === "not_found")) throw error;
    throw new Failure(`There is no supplier called ${slug}.`);
  }
}

export function supplierText(supplier: SupplierView): string {
  const { settlingMs, isExclusive, secondPersonAbove, balance, clockOffsetMs } = supplier;
  const { auditedAt, capabilities } = supplier;
  const settings = [
    ["settlingMs", `${settlingMs}`, "how long after an unclear send its order may still appear"],
    ["isExclusive", `${isExclusive}`, "nobody but this Keyhold places orders with the account"],
    [
      "secondPersonAbove",
      secondPersonAbove ?? "never",
      "from there on it takes two people to say that nothing was placed",
    ],
    ...(balance.length === 0 ? [["balance", "never", LINES]] : balance.map(lineSetting)),
    ["supportEmail", supplier.supportEmail ?? "none", "whom dossiers of orders are mailed to"],
    ...pollingSettings(supplier),
    ...Object.entries(supplier.rules).map(([name, value]) => [
      `rules.${name}`,
      `${value}`,
      RULES[name as keyof SupplierView["rules"]],
    ]),
  ];
  const known = capabilities.map(({ name, value, from, at }) => [
    name,
    JSON.stringify(value),
    from,
    at,
  ]);
  return [
    `${supplier.name} (${supplier.slug})`,
    MODES[supplier.mode],
    `Its list of orders ${auditedAt ? `was last read through at ${auditedAt}` : "was never read through"}; its clock is ${clock(clockOffsetMs)}.`,
    "",
    table(["Setting", "Value", "Meaning"], settings),
    "",
    known.length > 0
      ? table(["Capability", "Value", "From", "Learnt at"], known)
      : "None of its capabilities is known. Find them out with `npm run -s keyhold -- probe`.",
  ].join("\n");
}

const LINES =
  "below the first it is told of as low, with the second as recovered; below the third as critical";

const lineSetting = ({ currency, ...lines }: SupplierView["balance"][number]): string[] => [
  `balance.${currency}`,
  [lines.lowAt, lines.okAt, ...(lines.criticalAt ? [lines.criticalAt] : [])].join(", "),
  LINES,
];

function pollingSettings({ budget, polling }: SupplierView): string[][] {
  const { schedule, sweep, stalledAfterMs } = polling;
  const usual = "100, 8 and 2 where nobody has set it";
  return [
    [
      "callsPerMinute",
      budget ? `${budget.callsPerMinute}` : "usual",
      `all calls together; ${usual}`,
    ],
    ["readsAtOnce", budget ? `${budget.readsAtOnce}` : "usual", "reads under way at once"],
    ["writesAtOnce", budget ? `${budget.writesAtOnce}` : "usual", "creates and payments at once"],
    ["schedule", schedule.preset, SCHEDULES[schedule.preset]],
    ["sweep", sweep, "whether its list may be read in place of single orders"],
    [
      "stalledAfterMs",
      stalledAfterMs === null ? "usual" : `${stalledAfterMs}`,
      "in one state for so long is a stall; ten minutes where nobody has set it",
    ],
  ];
}

const RULES: Record<keyof SupplierView["rules"], string> = {
  slowFactor: "an order is slow beyond so many times what 95 of 100 of its product take",
  paymentExpiringMs: "a payment is due when the supplier takes it for no longer than this",
  balanceStaleMs: "a balance told longer ago is out of date",
  catalogOutdatedMs: "a catalogue read through longer ago is out of date",
  slowAnswerMs: "the account is slow whose answers take longer on average",
};

const SCHEDULES: Record<SupplierView["polling"]["schedule"]["preset"], string> = {
  learned: "looks when past orders for the same goods make news likely, else as backoff",
  backoff: "looks after 3 s, then half as long again each time, up to 15 s",
  steady: "looks every 5 s for a minute, then every 15 to 30 s",
};

function clock(offsetMs: number | null): string {
  if (offsetMs === null) return "not known";
  if (Math.abs(offsetMs) < 1_000) return "like ours";
  return `${Math.abs(offsetMs) / 1_000} s ${offsetMs > 0 ? "ahead of" : "behind"} ours`;
}
