/** From facts to an alert and back: what happens raises a signal, and an alert is made of it. */
import { expect } from "vitest";
import type { OrdersContext } from "#lib/orders/context.ts";
import { testActor } from "#prisma/factories.ts";
import { DEFAULT_ALERT_FILTER } from "./alert-filter.ts";
import { ALERT_KINDS, type AlertKind } from "./alert-policy.ts";
import { raiseAlerts } from "./raise-alerts.ts";
import { readAlerts } from "./read-alerts.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { TOLD_JOINS, TOLD_NAMES } from "./told-names.ts";

/** Brings it about; `over` ends it, and is null where only a person does. */
export type Scene = () => Promise<{ subject: string; over: (() => Promise<unknown>) | null }>;

const asha = testActor("operator");

export async function playScene(ctx: OrdersContext, kind: AlertKind, scene: Scene): Promise<void> {
  const told = async (subject: string) => {
    await raiseAlerts(ctx);
    const alerts = await ctx.db.alert.findMany({ where: { kind, subject } });
    expect(alerts, `alerts of ${kind}`).toHaveLength(1);
    return alerts[0] ?? expect.fail();
  };
  const { subject, over } = await scene();
  const opened = await told(subject);
  expect(opened).toMatchObject({
    state: "open",
    standing: 1,
    severity: ALERT_KINDS[kind].severity,
  });
  await expectNamed(ctx, kind, subject);
  if (over) {
    await over();
    expect(await told(subject)).toMatchObject({ state: "resolved", resolution: "cleared" });
  } else {
    expect(ALERT_KINDS[kind].ends).toBe("person");
    const alerts = [opened];
    await resolveAlerts(ctx, asha, { alerts, reason: "Dealt with by phone." });
    expect(await told(subject)).toMatchObject({ state: "resolved", resolution: "person" });
  }
  const open = { where: { key: kind, clearedAt: null, alert: { subject } } };
  expect(await ctx.db.orderSignal.count(open)).toBe(0);
  expect(await ctx.db.systemSignal.count(open)).toBe(0);
}

/** Nobody knows a product, an account, an endpoint, a person or a key by its id. */
async function expectNamed(ctx: OrdersContext, kind: AlertKind, subject: string): Promise<void> {
  const what = ALERT_KINDS[kind].about;
  if (what === "order" || what === "keyhold" || what === "invariant") return;
  const { rows } = await readAlerts(ctx, asha, { ...DEFAULT_ALERT_FILTER, kinds: [kind] });
  const row = rows.find((one) => one.subject === subject);
  expect(row?.about).toEqual(expect.any(String));
  expect(row?.about).not.toBe(subject);
  // What messages call it; a person is the house's to know.
  const [told] = await ctx.db.$queryRaw<{ about: string | null; supplier: string | null }[]>`
    select ${TOLD_NAMES} from alerts a ${TOLD_JOINS} where a.kind = ${kind} and a.subject = ${subject}`;
  const isNamed = Boolean(told?.about ?? told?.supplier);
  expect(isNamed).toBe(what !== "person");
}
