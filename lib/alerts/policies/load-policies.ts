import type { Tx } from "#lib/platform/db.ts";
import type { Policy, Step } from "../next-notice.ts";

/** In a row; one alone says little. */
const FAILURES = 2;

const order = { place: "asc" } as const;
const STEPS = {
  orderBy: order,
  include: {
    endpoint: {
      select: {
        name: true,
        channel: true,
        includesMock: true,
        pausedAt: true,
        disabledAt: true,
        deletedAt: true,
        openUntil: true,
        failures: true,
        trips: true,
      },
    },
    user: { select: { id: true, name: true, email: true, disabledAt: true } },
  },
} as const;

/** All policies with their steps, in their order, as rows. */
export const findPolicies = (tx: Pick<Tx, "escalationPolicy">) =>
  tx.escalationPolicy.findMany({
    where: { deletedAt: null },
    orderBy: [order, { id: "asc" }],
    include: { steps: STEPS },
  });

export type PolicyRow = Awaited<ReturnType<typeof findPolicies>>[number];
export type StepRow = PolicyRow["steps"][number];

/** The same as who tells of alerts needs them. */
export async function loadPolicies(tx: Pick<Tx, "escalationPolicy">, now: Date): Promise<Policy[]> {
  return (await findPolicies(tx)).map((row) => ({
    id: row.id,
    name: row.name,
    kinds: row.kinds,
    severityFloor: row.severityFloor,
    repeatAfterMs: row.repeatAfterMs,
    repeats: row.repeats,
    quiet: quietOf(row),
    steps: row.steps.map((step) => toStep(step, now)),
  }));
}

export const quietOf = (row: PolicyRow): Policy["quiet"] =>
  row.quietFrom === null || row.quietTo === null
    ? null
    : { from: row.quietFrom, to: row.quietTo, timeZone: row.timeZone, floor: row.quietFloor };

export const isOff = ({ endpoint }: StepRow): boolean =>
  endpoint.deletedAt !== null || endpoint.disabledAt !== null || endpoint.pausedAt !== null;

/** Its last two tries came to nothing, or it answers so badly that it is left alone. */
export const isFailing = ({ endpoint }: StepRow): boolean =>
  endpoint.trips > 0 || endpoint.failures >= FAILURES;

function toStep(row: StepRow, now: Date): Step {
  const { afterMs, endpointId, endpoint, user } = row;
  return {
    afterMs,
    endpointId,
    endpointName: endpoint.name,
    isOff: isOff(row),
    isFailing: endpoint.openUntil !== null && endpoint.openUntil > now,
    includesMock: endpoint.includesMock,
    person: user
      ? { name: user.name, address: user.email, isGone: user.disabledAt !== null }
      : null,
  };
}
