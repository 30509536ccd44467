/** I15, I16: every supplier order is somebody's or before a person, and the money is all accounted for. */
import Big from "big.js";
import { type Facts, isBeforePerson, isPaid, ownersOf, type Violation } from "./facts.ts";

export function checkAccounts(facts: Facts): Violation[] {
  return [...checkAttributions(facts), ...checkMoney(facts), ...checkCharges(facts)];
}

/** I16, and that a purchase of ours is never taken for somebody else's or for an older one. */
function checkAttributions({ truth, stored }: Facts): Violation[] {
  const rows = new Map(stored.supplierOrders.map((row) => [row.id, row]));
  return truth.orders.flatMap((there): Violation[] => {
    const row = rows.get(there.id);
    const name = `supplier order ${there.id} (${there.origin}, ${there.status})`;
    if (!row) return [unseen(`${name} was never seen`)];
    if (row.attribution === null && !isBeforePerson(stored, row)) {
      return [unseen(`${name} is nobody's, and nobody was told`)];
    }
    if (row.attribution === "predates") return [unseen(`${name} is taken for an older one`)];
    return [];
  });
}

const unseen = (detail: string): Violation => ({ id: "I16", orderId: null, detail });

/** I15: what was there, less what was bought for good, is there; and Keyhold's last sample says so. */
function checkMoney({ truth, stored }: Facts): Violation[] {
  const kept = truth.orders.filter((one) => isPaid(one) && !one.isMock && !one.moneyReturned);
  const spent = kept.reduce((sum, { totalPrice }) => sum.plus(totalPrice), new Big(0));
  const expected = new Big(truth.startBalance).minus(spent);
  const there = new Big(truth.available).plus(truth.reserved);
  const found: Violation[] = [];
  if (!there.eq(expected)) {
    const detail = `the account holds ${there.toFixed()}, and ${expected.toFixed()} are explained`;
    found.push({ id: "I15", orderId: null, detail });
  }
  const { balance } = stored;
  if (!balance || !there.eq(new Big(balance.available).plus(balance.reserved))) {
    const said = balance ? new Big(balance.available).plus(balance.reserved).toFixed() : "nothing";
    const detail = `the account holds ${there.toFixed()}, and the last sample says ${said}`;
    found.push({ id: "I15", orderId: null, detail });
  }
  return found;
}

/** I15: what an order cost is what it is said to have cost. */
function checkCharges({ truth, stored }: Facts): Violation[] {
  const owners = ownersOf(stored);
  return truth.orders.flatMap((there): Violation[] => {
    const owner = owners.get(there.id);
    if (!owner || !isPaid(there) || owner.chargedTotal === null) return [];
    if (new Big(owner.chargedTotal).eq(there.totalPrice)) return [];
    const detail = `cost ${there.totalPrice}, and is said to have cost ${owner.chargedTotal}`;
    return [{ id: "I15", orderId: owner.id, detail }];
  });
}
