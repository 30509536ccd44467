/** After the faults: the engine gets the time that it is promised, and is then held against the truth. */

import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { engineHealth } from "#lib/engine/read.ts";
import type { Core } from "#lib/platform/core.ts";
import { checkFacts } from "./check/check-facts.ts";
import { type Facts, group, type Violation } from "./check/facts.ts";
import { readStored } from "./check/read-stored.ts";
import { readTruth } from "./check/read-truth.ts";
import type { Customers } from "./customers.ts";
import type { Fleet } from "./fleet.ts";
import type { History } from "./history.ts";
import type { ChaosKeyhold } from "./keyhold.ts";
import { pauseFor, until } from "./moments.ts";
import { type ChaosSupplier, START_BALANCE } from "./supplier.ts";

const SECOND = 1_000;
/** A dead worker's longest lease (of a gate, or of an audit). */
const LEASE_MS = 120 * SECOND;
/** Audits come once a minute, and a gate whose list could not be read waits as long. */
const SWEEP_MS = 60 * SECOND;
/** A silence that was asked for last, a look of an order that waits for its next one, and slow machines. */
const MARGIN_MS = 120 * SECOND;
const ROUND_MS = 2 * SECOND;
const TELL_EVERY_MS = 15 * SECOND;
/** What stays wrong for longer than any lease lasts won't come right. */
const NO_HOPE_MS = LEASE_MS + 10 * SECOND;

export type Examined = {
  keyhold: ChaosKeyhold;
  supplier: ChaosSupplier;
  customers: Customers;
  history: History;
  fleet: Fleet;
};

export type Verdict = { facts: Facts; violations: Violation[]; restedAfterMs: number };

/** I20: after the faults everything is at rest within the settling time and two sweeps. */
export const restWithinMs = (settlingMs: number): number =>
  LEASE_MS + settlingMs + 2 * SWEEP_MS + MARGIN_MS;

/** Waits until nothing is wrong any more, or until the time is up. */
export async function reachVerdict(
  examined: Examined,
  settlingMs: number,
  tell: (line: string) => void,
): Promise<Verdict> {
  const startedAt = Date.now();
  let toldAt = startedAt;
  let changedAt = startedAt;
  let before = "";
  for (;;) {
    const facts = await readFacts(examined);
    const violations = checkFacts(facts);
    const restedAfterMs = Date.now() - startedAt;
    const now = JSON.stringify(violations);
    if (now !== before) changedAt = Date.now();
    before = now;
    const isOver = restedAfterMs > restWithinMs(settlingMs) || Date.now() - changedAt > NO_HOPE_MS;
    if (violations.length === 0 || isOver) {
      const more = [...(await askDoctor(examined.keyhold)), ...(await checkEngine(examined))];
      return { facts, violations: [...violations, ...more], restedAfterMs };
    }
    if (Date.now() - toldAt > TELL_EVERY_MS) {
      toldAt = Date.now();
      tell(`After ${Math.round(restedAfterMs / SECOND)} s still open: ${summary(violations)}`);
    }
    await pauseFor(ROUND_MS);
  }
}

function summary(violations: Violation[]): string {
  return [...group(violations, ({ id }) => id)]
    .map(([id, { length }]) => `${length} × ${id}`)
    .join(", ");
}

/** In this order, so that whatever is seen to have been sent has been written down when that is read. */
async function readFacts({ keyhold, supplier, customers, history }: Examined): Promise<Facts> {
  const { orders, codes } = history;
  const requests = [...history.requests];
  const truth = readTruth(await supplier.truth(), START_BALANCE);
  const stored = await readStored(keyhold.db, keyhold.sealer, keyhold.supplierId);
  return {
    truth,
    stored,
    history: { orders, codes, requests },
    intents: customers.intents(),
  };
}

async function askDoctor(keyhold: ChaosKeyhold): Promise<Violation[]> {
  const results = await runDoctor(keyhold);
  return results.flatMap(({ id, violations }) =>
    violations.map(({ subject, detail }) => ({
      id: `doctor ${id}`,
      orderId: /^[0-9a-f-]{36}$/.test(subject) ? subject : null,
      detail: `${subject} ${detail}`,
    })),
  );
}

async function checkEngine({ keyhold, fleet, customers }: Examined): Promise<Violation[]> {
  const wanted = fleet.workers().length;
  const beats = await until(
    async () => (await engineHealth(keyhold)).workers >= wanted,
    20 * SECOND,
  );
  return [
    ...(beats ? [] : [`of ${wanted} workers ${(await engineHealth(keyhold)).workers} beat`]),
    ...fleet.deaths(),
    ...customers.failures(),
  ].map((detail) => ({ id: "engine", orderId: null, detail }));
}

/** Whether so many workers show a sign of life before the time is over. */
export const beatsWithin = (keyhold: Core, workers: number, ms: number): Promise<boolean> =>
  until(async () => (await engineHealth(keyhold)).workers >= workers, ms);
