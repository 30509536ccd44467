/** Alerts and policies as rows, for tests of who is told. */
import type { Db } from "#lib/platform/db.ts";
import { newId } from "#lib/platform/new-id.ts";
import { planNotices } from "../plan-notices.ts";
import type { PolicyEdit } from "./save-policy.ts";

type AlertFacts = Partial<Parameters<Db["alert"]["create"]>[0]["data"]>;

export const MINUTE = 60_000;

/** An open alert, planned as whoever raises it would. */
export async function openAlert(db: Db, at: Date, facts: AlertFacts = {}): Promise<string> {
  const id = newId();
  await db.$transaction(async (tx) => {
    await tx.alert.create({
      data: {
        ...{ id, kind: "supplier_down", subject: newId(), severity: "critical", state: "open" },
        ...{ isMock: false, data: { failed: 3 }, openedAt: at, lastAt: at, changedAt: at },
        ...facts,
      } as Parameters<Db["alert"]["create"]>[0]["data"],
    });
    await planNotices(tx, [id], at, "opened");
  });
  return id;
}

/** A new policy of steps after so many minutes. */
export const policyOf = (
  steps: [minutes: number, endpointId: string, userId?: string][],
  facts: Partial<PolicyEdit> = {},
): PolicyEdit => ({
  ...{ id: null, version: null, name: `policy ${newId()}` },
  steps: steps.map(([minutes, endpointId, userId]) => ({
    ...{ afterMs: minutes * MINUTE, endpointId, userId: userId ?? null },
  })),
  ...facts,
});

export const plannedOf = (db: Db, id: string) =>
  db.alert.findUniqueOrThrow({
    where: { id },
    select: { policyId: true, nextStep: true, round: true, nextNoticeAt: true },
  });

export const noticesOf = (db: Db, alertId: string) =>
  db.outboundEvent.findMany({
    where: { type: "alert.notice", subject: alertId },
    orderBy: { id: "asc" },
    include: { deliveries: true },
  });
