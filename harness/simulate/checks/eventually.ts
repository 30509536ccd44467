/** What must hold once nothing goes wrong any more and time has passed. */
import type { Client } from "pg";
import { openCode, openConflict } from "#lib/codes/code-seal.ts";
import { type CodeState, isStocked } from "#lib/codes/lifecycle.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import type { Simulation } from "../simulation.ts";
import { traitsOf } from "../traits.ts";
import { judgeTold, type ToldOrder } from "./told.ts";

/** An order that landed when nobody reckoned with it is shown to a person within this. */
const ALERTED_WITHIN_MS = 5 * 60_000;
const DOCTOR_EVERY = 5;
const FINISHED = ["completed", "partial", "cancelled", "failed", "rejected", "refunded"];

export type End = {
  orders: EndOrder[];
  codes: EndCode[];
  supplierOrders: EndSupplierOrder[];
  openAttempts: { orderId: string; kind: string; status: string }[];
  gates: { fingerprint: string; waitsFor: string | null }[];
};

export type EndOrder = ToldOrder & {
  id: string;
  fingerprint: string | null;
  supplierOrderId: string | null;
  signals: string[];
};

export type EndCode = {
  id: string;
  orderId: string;
  itemId: string;
  item: number;
  position: number;
  sealed: string;
  state: CodeState;
  conflicts: { id: string; sealed: string }[];
};

export type EndSupplierOrder = {
  id: string;
  attribution: string | null;
  orderId: string | null;
  fingerprint: string | null;
  alertedAt: number | null;
};

const QUERY = `
  select json_build_object(
    'orders', (select coalesce(json_agg(json_build_object(
        'id', o.id, 'status', o.status, 'isMock', o.is_mock,
        'told', (select coalesce(json_agg(json_build_object('type', e.type, 'sequence', e.sequence,
            'deliveries', (select count(*) from deliveries d where d.event_id = e.id),
            'endpoints', (select count(distinct d.endpoint_id) from deliveries d where d.event_id = e.id)
          ) order by e.sequence), '[]') from events e where e.order_id = o.id),
        'fingerprint', o.fingerprint, 'supplierOrderId', o.supplier_order_id,
        'signals', (select coalesce(json_agg(s.key order by s.key), '[]') from order_signals s
          where s.order_id = o.id and s.cleared_at is null)) order by o.id), '[]') from orders o),
    'codes', (select coalesce(json_agg(json_build_object(
        'id', c.id, 'orderId', i.order_id, 'itemId', i.id, 'item', i.position, 'position', c.position,
        'sealed', c.sealed, 'state', c.state,
        'conflicts', (select coalesce(json_agg(json_build_object('id', x.id, 'sealed', x.sealed)), '[]')
          from code_conflicts x where x.code_id = c.id)) order by i.order_id, i.position, c.position), '[]')
      from codes c join order_items i on i.id = c.item_id),
    'supplierOrders', (select coalesce(json_agg(json_build_object(
        'id', s.supplier_order_id, 'attribution', s.attribution, 'orderId', s.order_id,
        'fingerprint', s.fingerprint,
        'alertedAt', (extract(epoch from s.alerted_at) * 1000)::float8)), '[]') from supplier_orders s),
    'openAttempts', (select coalesce(json_agg(json_build_object(
        'orderId', a.order_id, 'kind', a.kind, 'status', o.status)), '[]')
      from order_attempts a join orders o on o.id = a.order_id where a.outcome is null and a.kind = 'create'),
    'gates', (select coalesce(json_agg(json_build_object('fingerprint', fingerprint, 'waitsFor', waits_for)), '[]')
      from placement_gates)) as "end"`;

export async function readEnd(observer: Client): Promise<End> {
  const { rows } = await observer.query<{ end: End }>(QUERY);
  const [row] = rows;
  if (!row) throw new Error("The end could not be read.");
  return row.end;
}

export async function checkEventually(sim: Simulation): Promise<string[]> {
  const end = await readEnd(sim.database.observer);
  return [...(await askDoctor(sim)), ...(await judgeEnd(sim, end))];
}

/** What of a run the end is held against. */
export type Judging = {
  plan: {
    account: Pick<Simulation["plan"]["account"], "settlingMs">;
    traits: Simulation["plan"]["traits"];
    breaks: Simulation["plan"]["breaks"];
  };
  shop: Pick<Simulation["shop"], "orders" | "codesOf">;
  truth: Pick<Simulation["truth"], "shown" | "answered" | "makers">;
  sealer: Simulation["sealer"];
  indexOf: Simulation["indexOf"];
};

export async function judgeEnd(sim: Judging, end: End): Promise<string[]> {
  const orders: string[] = [];
  for (const order of end.orders) orders.push(...(await checkOrder(sim, end, order)));
  return [
    ...orders,
    ...checkSupplierOrders(sim, end),
    ...end.openAttempts.map(
      ({ kind, status }) => `I20: a ${kind} of a ${status} order was never accounted for`,
    ),
  ];
}

/**
 * The doctor, who knows the database alone, has to find nothing either. It takes as long as the rest of a
 * small run, so it isn't asked in every one; and what Keyhold takes for granted has to hold.
 */
async function askDoctor({ plan, database, scheduler }: Simulation): Promise<string[]> {
  if (plan.seed % DOCTOR_EVERY !== 0 || plan.breaks !== null) return [];
  const now = () => new Date(scheduler.now());
  const results = await runDoctor({ db: database.reader, now });
  return results.flatMap(({ id, violations }) =>
    violations.map(({ subject, detail }) => `${id}: the doctor says: ${subject} ${detail}`),
  );
}

async function checkOrder(sim: Judging, end: End, order: EndOrder): Promise<string[]> {
  const name = `order ${sim.indexOf.get(order.id) ?? order.id} (${order.status})`;
  const problems = judgeTold(name, order);
  if (!FINISHED.includes(order.status)) {
    if (isWithPerson(end, order)) return problems;
    return [...problems, `I20: ${name} is neither finished nor with a person`];
  }
  const codes = end.codes.filter(({ orderId }) => orderId === order.id);
  const areMissed = order.signals.includes("codes_short") || order.signals.includes("codes_extra");
  if (areMissed && traitsOf(sim.plan.traits).codes === "none") {
    return [...problems, `I20: ${name} waits for codes of a supplier that has none`];
  }
  if (order.status === "completed" || order.status === "partial") {
    return [...problems, ...(await checkCodes(sim, name, order, codes))];
  }
  const open = codes.filter(({ state }) => isStocked(state));
  return open.length > 0 ? [...problems, `I19: ${name} hands out ${open.length} codes`] : problems;
}

/** Something on its page says what a person has to decide or look into. */
function isWithPerson({ gates }: End, { fingerprint, status, signals }: EndOrder): boolean {
  const waits = gates.find((gate) => gate.fingerprint === fingerprint)?.waitsFor;
  if (status === "unconfirmed") return waits === "person" || signals.includes("unconfirmed");
  if (status === "submitting") return signals.includes("waits_for_twin") && waits === "person";
  return signals.includes("pay_refused") || signals.includes("unknown_word");
}

/** I5: what is stored is what was shown, and where the supplier told the truth, the truth. */
async function checkCodes(
  sim: Judging,
  name: string,
  { id: orderId, supplierOrderId }: EndOrder,
  codes: EndCode[],
): Promise<string[]> {
  const there = sim.shop.orders().find(({ id }) => id === supplierOrderId?.toLowerCase());
  if (!there) return [`I5: ${name} belongs to a supplier order that doesn't exist`];
  const problems: string[] = [];
  for (const [item, { quantity }] of there.items.entries()) {
    const truth = there.status === "completed" ? sim.shop.codesOf(there.id, item) : [];
    const stored = codes.filter((code) => code.item === item);
    const last = Math.max(truth.length, ...stored.map(({ position }) => position + 1));
    for (let position = 0; position < last; position += 1) {
      const place = `${there.id}/${item}/${position}`;
      const shown = sim.truth.shown.get(place);
      const code = stored.find((one) => one.position === position);
      const values = code ? await valuesOf(sim, orderId, code) : [];
      const real = position < truth.length ? JSON.stringify(truth[position]) : null;
      if (!code) {
        // What nobody was shown, and nobody had to wait for, can't be missed.
        if (!sim.truth.answered.has(place) && position >= quantity) continue;
        problems.push(`I5: ${name} lacks code ${item}/${position}`);
      } else if (!shown?.has(values[0] ?? "")) {
        problems.push(`I6: ${name} stores what was never shown at ${item}/${position}`);
      } else if (real !== null && shown.has(real) && shown.size === 1 && !values.includes(real)) {
        problems.push(`I5: ${name} stores another code at ${item}/${position}`);
      }
    }
  }
  return problems;
}

/** The stored value, and whatever was shown later. */
async function valuesOf({ sealer }: Judging, orderId: string, code: EndCode): Promise<string[]> {
  const { id: codeId, itemId, position, sealed, conflicts } = code;
  const opened = await Promise.all([
    openCode(sealer, { codeId, source: { orderId, itemId }, position }, sealed),
    ...conflicts.map((one) => openConflict(sealer, { conflictId: one.id, codeId }, one.sealed)),
  ]);
  return opened.map(({ raw }) => JSON.stringify(raw));
}

/** A person is asked about the basket, and sees it there. */
const isEvidence = ({ gates }: End, { fingerprint }: EndSupplierOrder): boolean =>
  gates.some((gate) => gate.fingerprint === fingerprint && gate.waitsFor === "person");

/**
 * A supplier that lists nothing shows nobody's orders, and of ours what we ask for: one that was made by a
 * send of which nothing was heard is looked after with the order that sent it.
 */
function isHidden(sim: Judging, end: End, supplierOrderId: string): boolean {
  const { traits, breaks } = sim.plan;
  if (traitsOf(traits).listsOrders !== false) return false;
  // Without a list nobody can see what lands later than is reckoned with: that is left, and said openly.
  if (breaks === "landing") return true;
  const sent = sim.truth.makers.get(supplierOrderId);
  const order = end.orders.find(({ id }) => id === sent?.orderId);
  return !sent || order?.status === "unconfirmed" || order?.status === "rejected";
}

/** I16: every supplier order is somebody's, or shown to a person; and what nobody owns is shown in time. */
function checkSupplierOrders(sim: Judging, end: End): string[] {
  const problems: string[] = [];
  const rows = new Map(end.supplierOrders.map((row) => [row.id, row]));
  for (const { id, paidTimes, isMock, createdAt, status } of sim.shop.orders()) {
    const row = rows.get(id);
    const name = `supplier order ${id}`;
    if (!row && isHidden(sim, end, id)) continue;
    if (!row || (row.attribution === null && row.alertedAt === null && !isEvidence(end, row))) {
      problems.push(`I16: ${name} is ${row ? "nobody's, and nobody is told" : "unknown here"}`);
      continue;
    }
    // What was paid and then cancelled can't be told from what ran out unpaid.
    const isPaid = paidTimes > 0 && !isMock && status !== "cancelled";
    if (isPaid && row.attribution === "orphan") {
      problems.push(`I16: ${name} is paid, and taken for an unpaid leftover`);
    }
    const sent = sim.truth.makers.get(id);
    if (!sent || row.attribution !== null || row.alertedAt === null) continue;
    const landedAt = sent.landedAt ?? createdAt;
    if (landedAt - sent.sentAt <= sim.plan.account.settlingMs) continue;
    if (row.alertedAt - landedAt > ALERTED_WITHIN_MS) {
      problems.push(`I16: ${name} landed late, and was shown ${row.alertedAt - landedAt} ms after`);
    }
  }
  return problems;
}
