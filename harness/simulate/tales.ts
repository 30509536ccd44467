/** What the supplier says of an order that isn't so. Only of an order that is paid: what is unpaid is told truly. */

import { draw, drawBetween } from "./chance.ts";
import type { Call } from "./network.ts";
import type { ShopReply } from "./shop.ts";
import type { Simulation } from "./simulation.ts";

/** How long the list may lack a new order, as a share of Q. */
export const LONGEST_LAG = 0.3;

type Told = {
  id?: string;
  status?: string;
  totalPrice?: unknown;
  limit?: number;
  items?: { externalData: unknown[] | null; error?: unknown }[] & Told[];
};

/** Spoils what an answer tells, as the seed says, and remembers every code that was shown. */
export function tellTales(sim: Simulation, call: Call, reply: ShopReply): ShopReply {
  if (reply.status < 200 || reply.status > 299) return reply;
  const told = JSON.parse(reply.text) as Told;
  switch (call.endpoint) {
    case "get":
    case "find":
    case "pay":
    case "push":
      spoilOrder(sim, call, told);
      return { ...reply, text: JSON.stringify(told) };
    case "list":
      return { ...reply, text: JSON.stringify(spoilList(sim, call, told)) };
    case "create":
    case "other":
      return reply;
  }
}

/** Codes that a process got to see; from then on it may have stored them. */
export function noteShown(sim: Simulation, endpoint: Call["endpoint"], json: unknown): void {
  const told = json as Told | null;
  if (endpoint !== "list") noteOrder(sim, told, true);
  else for (const row of told?.items ?? []) noteOrder(sim, row, false);
}

function noteOrder(sim: Simulation, order: Told | null, isAnswer: boolean): void {
  if (order === null || typeof order.id !== "string" || !Array.isArray(order.items)) return;
  order.items.forEach((item, index) => {
    if (!Array.isArray(item?.externalData)) return;
    item.externalData.forEach((entry, position) => {
      const place = `${order.id}/${index}/${position}`;
      if (isAnswer) sim.truth.answered.add(place);
      const shown = sim.truth.shown.get(place) ?? new Set();
      sim.truth.shown.set(place, shown.add(JSON.stringify(entry)));
    });
  });
}

function spoilOrder(sim: Simulation, { endpoint, occasion }: Call, told: Told): void {
  const { faults, plan } = sim;
  const isPaid = told.status !== "active" && told.status !== "cancelled";
  if (!isPaid || !told.items) return;
  // What is told by itself comes late or doubled; where it leaves out the end, nobody would ever say it.
  const isTold = endpoint === "push";
  if (!isTold && faults.fires("old_news", occasion)) {
    told.status = told.status === "processing" ? "paid" : "processing";
    for (const item of told.items) item.externalData = null;
  }
  if (told.status === "paid" && faults.fires("skipped_ahead", occasion)) told.status = "processing";
  if (!isTold && faults.fires("unknown_word", occasion)) told.status = "in_review";
  if (faults.fires("price_unclear", occasion)) told.totalPrice = "about four";
  const [first] = told.items;
  if (first && told.status === "failed" && faults.fires("codes_though_failed", occasion)) {
    first.externalData = [{ code: `FAILED-${told.id}` }];
  }
  const entries = first?.externalData;
  if (!first || !entries || entries.length === 0) return;
  const at = drawBetween(0, entries.length - 1, plan.seed, "place", occasion);
  if (faults.fires("code_changed", occasion)) entries[at] = another(entries[at], "CHANGED");
  if (faults.fires("code_repeated", occasion)) entries[at] = entries[0];
  if (!isTold && faults.fires("codes_fewer", occasion)) entries.pop();
  if (faults.fires("codes_more", occasion)) entries.push(another(entries[0], "MORE"));
}

/** An entry of the same shape with another value. */
function another(entry: unknown, mark: string): unknown {
  if (typeof entry === "string") return `${mark}-${entry}`;
  if (typeof entry !== "object" || entry === null) return mark;
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === "string" ? `${mark}-${value}` : value,
    ]),
  );
}

function spoilList(sim: Simulation, { occasion, isByState }: Call, told: Told): Told {
  const { faults, plan, scheduler } = sim;
  let rows = (told.items ?? []) as Told[];
  if (faults.fires("list_lags", occasion)) {
    // Together with a late landing still within the bound that Keyhold reckons with.
    const youngest = scheduler.now() - plan.account.settlingMs * LONGEST_LAG;
    const made = new Map(sim.shop.orders().map(({ id, createdAt }) => [id, createdAt]));
    rows = rows.filter(({ id }) => (made.get(id ?? "") ?? 0) <= youngest);
  }
  if (rows.length > 0 && faults.fires("list_omits", occasion)) {
    const gone = drawBetween(0, rows.length - 1, plan.seed, "gone", occasion);
    rows = rows.filter((_, index) => index !== gone);
  }
  if (isByState && faults.fires("filter_omits", occasion)) {
    rows = rows.filter((_, index) => draw(plan.seed, "omitted", occasion, index) < 0.5);
  }
  const room = (told.limit ?? 0) - rows.length;
  if (room > 0 && faults.fires("list_doubles", occasion)) {
    rows = rows.flatMap((row, index) => (index < room ? [row, row] : [row]));
  }
  if (faults.fires("list_drifts", occasion)) rows = [...rows.slice(-1), ...rows.slice(0, -1)];
  return { ...told, items: rows as Told["items"] };
}
