/** Signals as rooms and rules open them, by the hundred, and alerts as they stand. For tests. */
import type { Core } from "#lib/platform/core.ts";
import { systemCore } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOrder, testClock } from "#prisma/factories.ts";
import type { AlertKind } from "./alert-policy.ts";
import { raiseAlerts } from "./raise-alerts.ts";

export type AlertsFixture = Awaited<ReturnType<typeof openAlerts>>;

/** A clock, an account, and verbs to bring signals about. The database is emptied of what was in it. */
export async function openAlerts(db: Db) {
  const clock = testClock();
  const core: Core = { ...systemCore(db, createLog("fatal", [])), now: clock.now };
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    ...[
      ...["deliveries", "events", "alert_entries", "order_signals", "system_signals", "alerts"],
      ...["timeline_entries", "order_items", "orders", "escalation_steps", "escalation_policies"],
      ...["endpoints", "audit_entries", "users", "suppliers"],
    ].map((table) => db.$executeRawUnsafe(`delete from ${table}`)),
  ]);
  const supplier = await db.supplier.create({
    data: { slug: "foxreload", kind: "foxreload", name: "FoxReload" },
  });

  /** New orders, each with this signal. */
  async function signal(
    kind: AlertKind,
    count = 1,
    facts: { isMock?: boolean; supplierId?: string } = {},
  ) {
    const { supplierId = supplier.id, ...order } = facts;
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) {
      ids.push((await createOrder(db, supplierId, order)).order.id);
    }
    await open(kind, ids);
    return ids;
  }

  async function open(kind: AlertKind, orderIds: readonly string[]): Promise<void> {
    await db.orderSignal.createMany({
      data: orderIds.map((orderId) => ({
        ...{ id: core.newId(), orderId, key: kind, openedAt: core.now() },
        data: { status: "processing" },
      })),
    });
  }

  return {
    ...{ db, core, clock, supplierId: supplier.id, signal, open },
    /** Signals of these orders are over. */
    async clear(orderIds: readonly string[]): Promise<void> {
      await db.orderSignal.updateMany({
        where: { orderId: { in: [...orderIds] }, clearedAt: null },
        data: { clearedAt: core.now() },
      });
    },
    async openSystem(key: AlertKind, subject: string = supplier.id): Promise<void> {
      const row = { id: core.newId(), key, subject, openedAt: core.now() };
      await db.systemSignal.create({ data: row });
    },
    async clearSystem(key: AlertKind, subject: string = supplier.id): Promise<void> {
      await db.systemSignal.updateMany({
        where: { key, subject, clearedAt: null },
        data: { clearedAt: core.now() },
      });
    },
    /** Until there is nothing left to raise. */
    async raise(): Promise<void> {
      while ((await raiseAlerts(core)) === "again");
    },
    alerts: () => db.alert.findMany({ orderBy: { id: "asc" } }),
    waiting: () =>
      db.alert.findMany({ where: { state: { not: "resolved" } }, orderBy: { id: "asc" } }),
    /** Kinds of an alert's entries, oldest first. */
    history: async (alertId: string) =>
      (await db.alertEntry.findMany({ where: { alertId }, orderBy: { id: "asc" } })).map(
        ({ kind }) => kind,
      ),
    /** What was told outside: types, in their order. */
    told: async () =>
      (
        await db.outboundEvent.findMany({
          where: { type: { startsWith: "alert." } },
          orderBy: { id: "asc" },
        })
      ).map(({ type }) => type),
  };
}

/** That each alert says of its signals what is so, and that each standing signal has one. Empty where all is well. */
export const flaws = (db: Db) =>
  db.$queryRaw<{ id: string; flaw: string }[]>`
    with of_alert as (
      select alert_id, count(*) filter (where not is_settled)::int as standing, count(*)::int as signals
      from (select alert_id, is_settled from order_signals union all select alert_id, is_settled from system_signals) s
      where alert_id is not null group by alert_id)
    select a.id::text, 'stands ' || a.standing || ' of ' || coalesce(s.standing, 0) as flaw
    from alerts a left join of_alert s on s.alert_id = a.id where a.standing <> coalesce(s.standing, 0)
    union all
    select id::text, 'nobody tells of it' from order_signals where cleared_at is null and alert_id is null
    union all
    select id::text, 'nobody tells of it' from system_signals where cleared_at is null and alert_id is null
    union all
    select min(id::text), 'more than one of ' || kind || ' ' || subject from alerts where state <> 'resolved'
    group by kind, subject, is_group having count(*) > 1`;

/** While `during` runs, no event can be written whose data says `poison`. */
export async function withPoison(db: Db, during: () => Promise<void>): Promise<void> {
  await db.$executeRaw`
    create or replace function refuse_poison() returns trigger language plpgsql as $$
    begin
      if new.data->'data'->>'poison' = 'yes' then raise exception 'poison'; end if;
      return new;
    end $$`;
  await db.$executeRaw`
    create trigger refuse_poison before insert on events for each row execute function refuse_poison()`;
  try {
    await during();
  } finally {
    await db.$executeRaw`drop trigger refuse_poison on events`;
  }
}
