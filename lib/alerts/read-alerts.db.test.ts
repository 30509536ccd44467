import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { createUser, testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { ALERT_SORTS, type AlertFilter, DEFAULT_ALERT_FILTER } from "./alert-filter.ts";
import { type AlertsFixture, openAlerts } from "./alerts.fixture.ts";
import { assignAlerts } from "./assign-alerts.ts";
import { countAlerts } from "./count-alerts.ts";
import { readAlert } from "./read-alert.ts";
import { readAlerts } from "./read-alerts.ts";
import { resolveAlerts } from "./resolve-alerts.ts";
import { snoozeAlerts } from "./snooze-alerts.ts";

const MINUTE = 60_000;
const { db, drop } = await createTestDatabase();
afterAll(drop);
let at: AlertsFixture;
let me: Actor;
let orders: Record<string, string>;

const refs = async (kind: string) =>
  (await db.alert.findMany({ where: { kind } })).map(({ id, version, occurrences }) => ({
    id,
    version,
    occurrences,
  }));
const read = (filter: Partial<AlertFilter> = {}, page = {}) =>
  readAlerts(at.core, me, { ...DEFAULT_ALERT_FILTER, ...filter }, page);
const kinds = async (filter: Partial<AlertFilter> = {}) =>
  (await read(filter)).rows.map(({ kind }) => kind);

beforeAll(async () => {
  at = await openAlerts(db);
  const user = await createUser(db, { name: "Meera Iyer" });
  me = { ...testActor("operator"), id: user.id } as Actor;
  const other = await db.supplier.create({
    data: { slug: "other", kind: "foxreload", name: "Other Cards" },
  });
  const one = async (kind: Parameters<AlertsFixture["signal"]>[0], facts = {}) => {
    const [id = ""] = await at.signal(kind, 1, facts);
    await at.raise();
    at.clock.advance(MINUTE);
    return id;
  };
  orders = {
    slow: await one("slow"),
    unconfirmed: await one("unconfirmed"),
    stalled: await one("stalled", { supplierId: other.id }),
    mock: await one("pay_refused", { isMock: true }),
    lost: await one("lost_at_supplier"),
    partial: await one("partial"),
    failed: await one("order_failed"),
  };
  await at.openSystem("balance_low");
  await at.openSystem("engine_late", "engine");
  await at.raise();
  await acknowledgeAlerts(at.core, me, {
    ...{ alerts: await refs("partial"), forMs: 60 * MINUTE, note: "asking" },
  });
  await snoozeAlerts(at.core, me, {
    ...{ alerts: await refs("balance_low"), forMs: 60 * MINUTE, wakesWorse: true },
  });
  await resolveAlerts(at.core, me, { alerts: await refs("order_failed"), reason: "known" });
  await assignAlerts(at.core, me, { alerts: await refs("stalled"), assigneeId: user.id });
});

describe("the queue", () => {
  it("shows what is open, worst first and oldest first among those", async () => {
    expect(await kinds()).toEqual([
      ...["unconfirmed", "lost_at_supplier", "engine_late", "stalled", "slow"],
    ]);
    expect(await read()).toMatchObject({ total: 5, next: null });
  });

  it.each([
    [{ sort: "newest" }, ["engine_late", "lost_at_supplier", "stalled", "unconfirmed", "slow"]],
    [{ sort: "oldest" }, ["slow", "unconfirmed", "stalled", "lost_at_supplier", "engine_late"]],
    [{ severities: ["critical"] }, ["unconfirmed", "lost_at_supplier", "engine_late"]],
    [{ kinds: ["slow", "stalled"] }, ["stalled", "slow"]],
    [{ suppliers: ["other"] }, ["stalled"]],
    [{ suppliers: ["unheard-of"] }, []],
    [{ assignee: "me" }, ["stalled"]],
    [{ assignee: "nobody", severities: ["warning"] }, []],
    [{ mock: "only" }, ["pay_refused"]],
    [{ mock: "with", severities: ["info"] }, ["slow", "pay_refused"]],
    [{ states: ["acknowledged", "snoozed"] }, ["balance_low", "partial"]],
    [{ states: ["resolved"] }, ["order_failed"]],
    [{ text: "other CARDS" }, ["stalled"]],
    [{ text: "Steam", severities: ["info"] }, ["slow"]],
    [{ text: "100%_" }, []],
    [{ text: "engine" }, ["engine_late"]],
  ] as [Partial<AlertFilter>, string[]][])("filtered by %j", async (filter, expected) => {
    const found = await kinds(filter);
    expect(filter.states?.length === 2 ? found.sort() : found).toEqual(expected);
  });

  it("finds an alert by its order's id, and by the supplier's", async () => {
    const id = orders.slow ?? "";
    expect(await kinds({ text: id })).toEqual(["slow"]);
    expect(await kinds({ text: `ORDER_${id}` })).toEqual(["slow"]);
  });

  it.each(ALERT_SORTS)("comes page by page, %s first, each once", async (sort) => {
    const filter = { sort, states: [], mock: "with" as const };
    const whole = (await read(filter)).rows.map(({ id }) => id);
    expect(whole).toHaveLength(9);
    const pages: string[] = [];
    let after: string | undefined;
    do {
      const page = await read(filter, { limit: 2, after });
      pages.push(...page.rows.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    expect(pages).toEqual(whole);
  });

  it("takes junk as a place for the beginning", async () => {
    expect((await read({}, { after: "w_o_critical_x_y" })).rows).toHaveLength(5);
  });

  it("says what each is about, and who did what last", async () => {
    const [acknowledged] = (await read({ states: ["acknowledged"] })).rows;
    expect(acknowledged).toMatchObject({
      order: { id: orders.partial, status: "processing", goods: "Steam Wallet 5 USD" },
      supplierName: "FoxReload",
      supplierSlug: "foxreload",
      about: null,
      lastDecision: { kind: "acknowledged", actorName: "Asha Rao", note: "asking" },
    });
    const [low] = (await read({ states: ["snoozed"] })).rows;
    expect(low).toMatchObject({ order: null, about: "FoxReload", state: "snoozed" });
    const [late] = (await read({ kinds: ["engine_late"] })).rows;
    expect(late).toMatchObject({ order: null, about: null, supplierName: null });
  });

  it("is for who may see alerts", async () => {
    expect((await readAlerts(at.core, testActor("viewer"), DEFAULT_ALERT_FILTER)).total).toBe(5);
  });
});

it("counts what waits, without mock orders", async () => {
  expect(await countAlerts(at.core, me)).toEqual({
    ...{ open: 5, critical: 3, mine: 1, acknowledged: 1, snoozed: 1 },
    bySeverity: { critical: 3, warning: 1, info: 1 },
  });
});

describe("one alert", () => {
  it("is shown with its history, its order, and what one may do", async () => {
    const [{ id } = { id: "" }] = await refs("unconfirmed");
    expect(await readAlert(at.core, me, id)).toMatchObject({
      ...{ kind: "unconfirmed", ordersTotal: 1, mayAct: true, notices: [], nextNotice: null },
      entries: [{ kind: "opened", actorName: null }],
      orders: [{ id: orders.unconfirmed, status: "processing", clearedAt: null }],
      actions: ["adopt", "call_off", "open_order", "dossier", "mark_handled"],
    });
    expect(await readAlert(at.core, testActor("viewer"), id)).toMatchObject({
      mayAct: false,
      actions: ["open_order"],
    });
  });

  it("that isn't there is none", async () => {
    expect(await readAlert(at.core, me, "junk")).toBeNull();
    expect(await readAlert(at.core, me, "0198e4a0-0000-7000-8000-000000000000")).toBeNull();
  });
});
