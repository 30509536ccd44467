import { add, compareAmounts } from "#lib/platform/money.ts";
import type { Outcome, SupplierBalance, SupplierOrder, SupplierOrderState } from "./port.ts";
import type { Probe } from "./probe-account.ts";
import { isSameId, ProbeStopped, refused } from "./probe-calls.ts";

export type FirstOrder = {
  id: string;
  /** As the list shows it; null where that doesn't. */
  listed: SupplierOrder | null;
  /** So many pages of the list have to be read to see new orders. */
  pages: number;
};

/** An order in one of these has been charged, or its money is set aside. */
const TAKEN: readonly SupplierOrderState[] = ["paid", "processing", "completed"];
const LIST_WAITS_MS = [0, 500, 1_000, 2_000, 4_000];
/** A list may begin with the oldest order. Further in is not looked. */
const MOST_PAGES = 10;
const AFTER_PAY_WAITS_MS = [0, 1_000, 2_000, 4_000];

/**
 * The question that decides how the account is used: is an order that was only created still unpaid,
 * and does a payment, and nothing else, move it on? Creates the first mock order, waits, pays it twice.
 */
export async function probePayment(probe: Probe): Promise<FirstOrder> {
  const { calls, found } = probe;
  const before = await calls.balances();
  const created = await createFirst(probe);
  const { supplierOrderId: id, word, isMock } = created;
  found("status_after_create", word, `The order came back as "${word}".`);
  // Where no answer says that it is a mock order, the balance has to.
  if (isMock === null) await holdAgainst(probe, before);

  const { listed, pages } = await findInList(probe, id);
  const stayed = await isStillUnpaid(probe, created);
  if (stayed) await payTwice(probe, stayed);
  if (isMock === null) await holdAgainst(probe, before);

  const isEchoed = isMock === true && listed?.isMock !== null;
  const because = isEchoed ? "Every answer says it." : "Some answers don't say it.";
  found("mock_echoed", isEchoed, because);
  return { id, listed, pages };
}

async function createFirst({ calls, product }: Probe): Promise<SupplierOrder> {
  const items = [{ productId: product.id, quantity: product.minQuantity, note: null }];
  const outcome = await calls.create({ items });
  if (outcome.kind === "accepted") return outcome.value;
  throw new ProbeStopped(
    `The supplier refuses a mock order of ${product.name}: ${refused(outcome.refusal)}`,
  );
}

/** When, and how far in, a new order appears in the list. */
async function findInList(
  { calls, context, found, open }: Probe,
  id: string,
): Promise<Pick<FirstOrder, "listed" | "pages">> {
  const since = context.core.now().getTime();
  const looks = [
    ...LIST_WAITS_MS.map((waitMs) => ({ waitMs, pages: 1 })),
    { waitMs: 0, pages: MOST_PAGES },
  ];
  let isReadable = false;
  for (const { waitMs, pages } of looks) {
    if (waitMs > 0) await calls.wait(waitMs);
    const rows = await calls.list(pages);
    isReadable ||= rows !== null;
    const listed = rows?.find(({ supplierOrderId }) => isSameId(supplierOrderId, id));
    if (!listed) continue;
    const lagMs = context.core.now().getTime() - since;
    found("list_shows_mocks", true, "The mock order is in the list.");
    found(
      "list_lag_ms",
      lagMs,
      "So long after the answer to its creation it was there, at the latest.",
    );
    return { listed, pages };
  }
  if (isReadable) {
    found("list_shows_mocks", false, "The mock order didn't appear in the list.");
    found("list_lag_ms", null, "Mock orders aren't listed, so it can't be measured.");
  } else {
    for (const name of ["list_shows_mocks", "list_lag_ms"] as const) {
      open(name, "The list can't be read.");
    }
  }
  return { listed: null, pages: 1 };
}

/** The order, where it came back unpaid and is so after the wait; otherwise that has been noted. */
async function isStillUnpaid(
  { calls, found, open, settleMs }: Probe,
  created: SupplierOrder,
): Promise<SupplierOrder | null> {
  if (TAKEN.includes(created.state)) {
    found("create_is_free", false, `A new order is "${created.word}" without a payment.`);
    return null;
  }
  await calls.wait(settleMs);
  const later = await calls.read(created.supplierOrderId);
  if (later && TAKEN.includes(later.state)) {
    found("create_is_free", false, `A new order went on to "${later.word}" without a payment.`);
    return null;
  }
  if (created.state === "awaiting_payment" && later?.state === "awaiting_payment") return later;
  const now = later ? `is "${later.word}"` : "can't be read";
  open(
    "create_is_free",
    `After ${settleMs / 1_000} s the unpaid order ${now}, which says nothing.`,
  );
  return null;
}

async function payTwice(probe: Probe, unpaid: SupplierOrder): Promise<void> {
  const { calls, found, open, settleMs } = probe;
  const { supplierOrderId: id, word } = unpaid;
  const paid = await calls.pay(id);
  found("pay_on_mock", paid.kind, answered(paid));
  const moved = paid.kind === "refused" ? null : await seenTaken(probe, id);
  if (!moved) {
    open("create_is_free", "A new order stays unpaid, but paying it didn't move it on.");
    return;
  }
  const because = `A new order stayed "${word}" for ${settleMs / 1_000} s, and paying it made it "${moved.word}".`;
  found("create_is_free", true, because);
  const again = await calls.pay(id);
  found("pay_twice", again.kind, answered(again));
}

async function seenTaken({ calls }: Probe, id: string): Promise<SupplierOrder | null> {
  for (const waitMs of AFTER_PAY_WAITS_MS) {
    if (waitMs > 0) await calls.wait(waitMs);
    const order = await calls.read(id);
    if (order && TAKEN.includes(order.state)) return order;
  }
  return null;
}

function answered(outcome: Outcome<unknown>): string {
  switch (outcome.kind) {
    case "accepted":
      return "It was accepted.";
    case "refused":
      return `It was refused: ${refused(outcome.refusal)}`;
    case "unknown":
      return `The answer is unclear: ${outcome.reason}`;
  }
}

/** Stops where the account holds less than before: the orders may be real ones. */
async function holdAgainst({ calls }: Probe, before: SupplierBalance[] | null): Promise<void> {
  const after = await calls.balances();
  const held = (balances: SupplierBalance[] | null, currency: string) => {
    const balance = balances?.find((one) => one.currency === currency);
    return balance ? add(balance.available, balance.reserved) : null;
  };
  for (const { currency } of before ?? []) {
    const [was, is] = [held(before, currency), held(after, currency)];
    if (was === null || is === null || compareAmounts(is, was) >= 0) continue;
    throw new ProbeStopped(
      `No answer says whether the orders are mock ones, and the account holds less ${currency} than ` +
        `before (${was}, now ${is}). Nothing more is tried; look at the account by hand.`,
    );
  }
  if (before !== null && after !== null) return;
  throw new ProbeStopped(
    "No answer says whether the orders are mock ones, and the balance can't be read to tell. Nothing more is tried.",
  );
}
