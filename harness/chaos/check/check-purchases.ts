/** I1, I2, I3: what was bought, by whom, and on whose word. */
import {
  basketOf,
  type Facts,
  group,
  isBeforePerson,
  isOurs,
  isPaid,
  ownersOf,
  type StoredOrder,
  type TrueOrder,
  type Violation,
} from "./facts.ts";

export function checkPurchases(facts: Facts): Violation[] {
  return [
    ...checkPaidOnce(facts),
    ...checkBaskets(facts),
    ...checkOwners(facts),
    ...checkSends(facts),
  ];
}

/** I1: the supplier took money once for one supplier order, and only for one that is somebody's here. */
function checkPaidOnce({ truth, stored }: Facts): Violation[] {
  const rows = new Map(stored.supplierOrders.map((row) => [row.id, row]));
  return truth.orders.flatMap((there) => {
    const row = rows.get(there.id);
    const orderId = row?.orderId ?? null;
    const found: Violation[] = [];
    if (there.paidCount > 1) {
      const detail = `supplier order ${there.id} was paid ${there.paidCount} times`;
      found.push({ id: "I1", orderId, detail });
    }
    if (isOurs(there) && isPaid(there) && row?.attribution === "orphan") {
      const detail = `supplier order ${there.id} is paid, and taken for an unpaid leftover`;
      found.push({ id: "I1", orderId, detail });
    }
    return found;
  });
}

/**
 * I1, by counting: for one basket not more may have been bought than was wished for. Where somebody
 * else ordered the same goods, one of theirs may have been taken for ours; then the one too many has
 * to be in front of a person.
 */
function checkBaskets({ truth, stored }: Facts): Violation[] {
  const owners = ownersOf(stored);
  const rows = new Map(stored.supplierOrders.map((row) => [row.id, row]));
  const wished = group(stored.orders, basketOf);
  return [...group(truth.orders, basketOf)].flatMap(([basket, there]) => {
    const bought = there.filter((one) => isPaid(one) && (isOurs(one) || owners.has(one.id)));
    const ours = wished.get(basket) ?? [];
    const most = ours.filter(({ status }) => status !== "rejected").length;
    if (bought.length <= most) return [];
    const unowned = bought.filter(({ id }) => !owners.has(id));
    const isSeen = unowned.every(({ id }) => {
      const row = rows.get(id);
      return row !== undefined && isBeforePerson(stored, row);
    });
    if (there.some((one) => !isOurs(one)) && isSeen) return [];
    const ids = unowned.map(({ id }) => id).join(", ") || "none";
    const detail = `${bought.length} bought and ${most} wished for: ${basket}; owned by nobody: ${ids}`;
    return [{ id: "I1", orderId: ours.at(0)?.id ?? null, detail }];
  });
}

/** I2: an order of ours owns one supplier order, alone, and it holds the goods that were asked for. */
function checkOwners({ truth, stored }: Facts): Violation[] {
  const theirs = new Map(truth.orders.map((order) => [order.id, order]));
  const rows = new Map(stored.supplierOrders.map((row) => [row.id, row]));
  const owned = stored.orders.filter(({ supplierOrderId }) => supplierOrderId !== null);
  const shared = [...group(owned, ({ supplierOrderId }) => supplierOrderId?.toLowerCase() ?? "")]
    .filter(([, owners]) => owners.length > 1)
    .map(([id, owners]) =>
      of("I2", owners[0], `supplier order ${id} is owned ${owners.length} times`),
    );
  return [
    ...shared,
    ...owned.flatMap((order) => {
      const id = order.supplierOrderId?.toLowerCase() ?? "";
      const there = theirs.get(id);
      if (!there) return [of("I2", order, `owns ${id}, which the supplier has never had`)];
      const found: Violation[] = [];
      if (rows.get(id)?.orderId !== order.id) {
        found.push(of("I2", order, `owns ${id}, which is noted as another's`));
      }
      if (basketOf(order) !== basketOf(there)) {
        found.push(of("I2", order, `owns ${id}, which is ${basketOf(there)}`));
      }
      return found;
    }),
  ];
}

/** I3: nothing was sent without an attempt that says so, and nothing exists that nobody may have sent. */
function checkSends({ truth, stored, history }: Facts): Violation[] {
  const attempts = stored.orders.flatMap((order) => order.attempts);
  const found: Violation[] = [];
  const count = (kind: string) => attempts.filter((attempt) => attempt.kind === kind).length;
  for (const kind of ["create", "pay"]) {
    const sent = history.requests.filter(
      ({ endpoint, method }) => endpoint === kind && method === "POST",
    );
    if (sent.length > count(kind)) {
      const detail = `${sent.length} ${kind} requests came in, and ${count(kind)} were written down`;
      found.push({ id: "I3", orderId: null, detail });
    }
  }
  const owners = ownersOf(stored);
  const pays = group(
    history.requests.filter(({ endpoint, method }) => endpoint === "pay" && method === "POST"),
    ({ path }) => path.split("/").at(-2)?.toLowerCase() ?? "",
  );
  for (const [id, requests] of pays) {
    const owner = owners.get(id);
    const written = owner?.attempts.filter(({ kind }) => kind === "pay").length ?? 0;
    if (requests.length <= written) continue;
    found.push(
      of(
        "I3",
        owner,
        `${id} was asked to be paid ${requests.length} times, ${written} written down`,
      ),
    );
  }
  const sendersOf = group(stored.orders, basketOf);
  for (const [basket, there] of group(truth.orders.filter(isOurs), basketOf)) {
    const senders = sendersOf.get(basket) ?? [];
    const most = mayHaveMade(senders);
    if (there.length <= most) continue;
    const detail = `${there.length} supplier orders of ours and ${most} creates that may have made one: ${basket}`;
    found.push(of("I3", senders[0], detail));
  }
  return found;
}

/** A refused create made nothing; every other one may have. */
const mayHaveMade = (orders: StoredOrder[]): number =>
  orders.flatMap(({ attempts }) =>
    attempts.filter(({ kind, outcome }) => kind === "create" && outcome !== "refused"),
  ).length;

const of = (id: string, order: StoredOrder | undefined, detail: string): Violation => ({
  id,
  orderId: order?.id ?? null,
  detail,
});

/** Bought by us and owned by nobody, though a person was told. */
export function unownedPurchases({ truth, stored }: Facts): TrueOrder[] {
  const owners = ownersOf(stored);
  return truth.orders.filter((one) => isOurs(one) && isPaid(one) && !owners.has(one.id));
}
