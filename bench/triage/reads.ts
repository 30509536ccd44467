/** What people look at who watch over orders, each as a page reads it. */
import type { Actor } from "#lib/access/actor.ts";
import { type AlertFilter, parseAlertFilter } from "#lib/alerts/alert-filter.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlert } from "#lib/alerts/read-alert.ts";
import { readAlerts } from "#lib/alerts/read-alerts.ts";
import { parseOrderFilter } from "#lib/orders/order-filter.ts";
import { listOrders } from "#lib/orders/read-orders.ts";
import { readOverview } from "#lib/overview/read-overview.ts";
import { readTrends } from "#lib/overview/read-trends.ts";
import type { Core } from "#lib/platform/core.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { OTHER_SLUG, personId } from "../world/seed-triage.ts";

/** What a read may be asked for: an alert's id, the supplier's id of its order, and the queue's place after a page. */
export type Sample = { id: string; supplierOrderId: string };

export type Read = { name: string; once(sample: Sample): Promise<number> };

const PERSON: Actor = {
  kind: "user",
  id: personId(5),
  name: "Person 5",
  email: "person5@keyhold.example",
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: "",
  provedAt: null,
};
const HERE = { timeZone: "Asia/Kolkata" };
/** Pages that somebody goes through who clears the queue. */
const DEEP = 20;

/** Each answers how much it found. */
export async function readsOf(core: Core & { suppliers: SupplierAccounts }): Promise<Read[]> {
  const queue = async (query: string, after?: string) =>
    (await readAlerts(core, PERSON, filterOf(query), { after })).rows.length;
  const orders = async (since: string) => {
    const day = new Date(core.now().getTime() - 24 * 60 * 60_000).toISOString();
    const filter = parseOrderFilter(new URLSearchParams(`mock=without&${since}=${day}`));
    return (await listOrders(core, PERSON, filter)).rows.length;
  };
  const deep = await placeAfter(core, DEEP);
  return [
    {
      name: "overview",
      once: async () => (await readOverview(core, PERSON, HERE)).oldestOpen.length,
    },
    {
      name: "its charts",
      once: async () => (await readTrends(core, PERSON, HERE)).days.length,
    },
    { name: "orders that failed today", once: () => orders("status=failed&finishedSince") },
    { name: "orders paid for today", once: () => orders("currency=USD&paidSince") },
    {
      name: "counts of the navigation",
      once: async () => (await countAlerts(core, PERSON)).open,
    },
    { name: "queue", once: () => queue("") },
    { name: `queue, page ${DEEP + 1}`, once: () => queue("", deep) },
    { name: "queue, newest first", once: () => queue("sort=newest") },
    { name: "critical ones", once: () => queue("severity=critical") },
    { name: "of two kinds", once: () => queue("kind=partial,pay_refused") },
    { name: "of an account", once: () => queue(`supplier=${OTHER_SLUG}`) },
    { name: "mine, whatever I did to them", once: () => queue("assignee=me&state=all") },
    {
      name: "by the supplier's order",
      once: ({ supplierOrderId }) => queue(`state=all&q=${supplierOrderId}`),
    },
    { name: "by words of the goods", once: () => queue("q=gift+card+116") },
    { name: "resolved ones", once: () => queue("state=resolved") },
    {
      name: "one alert",
      once: async ({ id }) => (await readAlert(core, PERSON, id))?.entries.length ?? 0,
    },
  ];
}

const filterOf = (query: string): AlertFilter => parseAlertFilter(new URLSearchParams(query));

async function placeAfter(core: Core, pages: number): Promise<string | undefined> {
  let after: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const { next } = await readAlerts(core, PERSON, filterOf(""), { after });
    if (next === null) return after;
    after = next;
  }
  return after;
}
