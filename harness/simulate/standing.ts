/** What is committed, read on a connection that sees nothing else. */
import type { Client } from "pg";

export type StandingOrder = {
  id: string;
  clientRef: string;
  status: string;
  supplierOrderId: string | null;
  codes: number;
  /** It, or its basket, waits for a person to decide; one that is searched for doesn't yet. */
  isWithPerson: boolean;
};

export type Standing = {
  orders: Map<string, StandingOrder>;
  /** When a worker next finds something to do, in virtual milliseconds; infinite: never. */
  ordersDueAt: number;
  gatesDueAt: number;
  /** When the supplier's list is worth a sweep. */
  sweepsDueAt: number;
  /** A basket is in doubt, and it isn't a person who has to decide. */
  isInDoubt: boolean;
  /** Supplier orders that a person should say whose they are. */
  nobodys: number;
  /** The account's silence lasts until then. */
  blockedUntil: number;
  /** When the last audit began that read the supplier's list to its end. */
  auditedAt: number;
};

/** An order that the sweeps look after is looked at by itself when it is older than that. */
const SWEPT_MS = 600_000;

const QUERY = {
  name: "standing",
  text: `
    select
      (select coalesce(json_agg(json_build_object(
          'id', o.id, 'clientRef', o.client_ref, 'status', o.status, 'supplierOrderId', o.supplier_order_id,
          'codes', (select count(*) from order_items i join codes c on c.item_id = i.id where i.order_id = o.id),
          'isWithPerson', exists (select 1 from placement_gates g
            where g.supplier_id = o.supplier_id and g.fingerprint = o.fingerprint
              and (g.waits_for = 'person' or (g.frozen_at is null and o.status = 'unconfirmed' and o.next_poll_at is null)))
        ) order by o.id), '[]') from orders o) as orders,
      (select (extract(epoch from min(greatest(next_poll_at, lease_until))) * 1000)::float8 from orders
        where next_poll_at is not null) as orders_due,
      (select (extract(epoch from min(greatest(next_pass_at, lease_until))) * 1000)::float8 from placement_gates
        where next_pass_at is not null) as gates_due,
      (select (extract(epoch from greatest(p.next_sweep_at, p.lease_until, held.due_at)) * 1000)::float8
        from polling_plans p cross join (
          select min(greatest(o.last_looked_at, o.paid_at, o.status_changed_at)
            + make_interval(secs => coalesce(o.poll_every_ms, 15000) / 1000.0)) as due_at
          from orders o
          where o.status in ('paid', 'processing') and o.next_poll_at is not null
            and coalesce(o.paid_at, o.status_changed_at) > to_timestamp($1::float8 / 1000)
            and not exists (select 1 from order_signals s
              where s.order_id = o.id and s.key = 'unknown_word' and s.cleared_at is null)) held
        where p.mode = 'sweep' and held.due_at is not null) as sweeps_due,
      exists (select 1 from placement_gates where waits_for <> 'person') as in_doubt,
      (select count(*)::int from supplier_orders where attribution is null and alerted_at is not null) as nobodys,
      (select (extract(epoch from max(blocked_until)) * 1000)::float8 from suppliers) as blocked,
      (select (extract(epoch from max(audited_at)) * 1000)::float8 from suppliers) as audited`,
};

type Row = {
  orders: StandingOrder[];
  orders_due: number | null;
  gates_due: number | null;
  sweeps_due: number | null;
  in_doubt: boolean;
  nobodys: number;
  blocked: number | null;
  audited: number | null;
};

/** Before the first look. */
export const nothingStanding = (): Standing => ({
  orders: new Map(),
  ordersDueAt: 0,
  gatesDueAt: 0,
  sweepsDueAt: Number.POSITIVE_INFINITY,
  isInDoubt: false,
  nobodys: 0,
  blockedUntil: 0,
  auditedAt: 0,
});

export async function readStanding(observer: Client, nowMs: number): Promise<Standing> {
  const { rows } = await observer.query<Row>({ ...QUERY, values: [nowMs - SWEPT_MS] });
  const [row] = rows;
  return {
    orders: new Map((row?.orders ?? []).map((order) => [order.id, order])),
    ordersDueAt: row?.orders_due ?? Number.POSITIVE_INFINITY,
    gatesDueAt: row?.gates_due ?? Number.POSITIVE_INFINITY,
    sweepsDueAt: row?.sweeps_due ?? Number.POSITIVE_INFINITY,
    isInDoubt: row?.in_doubt ?? false,
    nobodys: row?.nobodys ?? 0,
    blockedUntil: row?.blocked ?? 0,
    auditedAt: row?.audited ?? 0,
  };
}

const DUES = {
  name: "dues",
  text: `
    select
      (select (extract(epoch from min(greatest(next_poll_at, lease_until))) * 1000)::float8 from orders
        where next_poll_at is not null) as orders_due,
      (select (extract(epoch from min(greatest(next_pass_at, lease_until))) * 1000)::float8 from placement_gates
        where next_pass_at is not null) as gates_due,
      (select (extract(epoch from max(blocked_until)) * 1000)::float8 from suppliers) as blocked`,
};

/** Only when there is next something to do: for worlds with too many orders to look at after every step. */
export async function readDues(observer: Client): Promise<Standing> {
  const { rows } = await observer.query<Pick<Row, "orders_due" | "gates_due" | "blocked">>(DUES);
  const [row] = rows;
  return {
    ...nothingStanding(),
    ordersDueAt: row?.orders_due ?? Number.POSITIVE_INFINITY,
    gatesDueAt: row?.gates_due ?? Number.POSITIVE_INFINITY,
    blockedUntil: row?.blocked ?? 0,
  };
}
