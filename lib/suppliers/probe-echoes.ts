import type { NewSupplierOrder, SupplierOrder } from "./port.ts";
import type { Probe } from "./probe-account.ts";
import { isSameId } from "./probe-calls.ts";
import type { FirstOrder } from "./probe-payment.ts";

/** A field that no product asks for: most APIs keep what they don't know, or drop it. */
export const MARK = "keyhold_probe";

export type Echoes = {
  /** The list shows mock orders, among so many of its first pages. */
  isListed: boolean;
  pages: number;
  /** Notes come back, so that an order can be told from others by its own. */
  isMarked: boolean;
  /** Notes with a field that no product asks for are taken. */
  takesMark: boolean;
};

/**
 * What an order shows of what was asked for, and how the list is sorted. A second mock order, with a
 * quantity other than the first's and a note. What counts is the list, where there is a choice: it is
 * what orders are looked for in.
 */
export async function probeEchoes(probe: Probe, first: FirstOrder): Promise<Echoes> {
  const { calls, product, found, open } = probe;
  const { minQuantity, maxQuantity } = product;
  const quantity =
    maxQuantity === null || maxQuantity > minQuantity ? minQuantity + 1 : minQuantity;
  const line = { productId: product.id, quantity };
  const { pages } = first;
  const isListed = first.listed !== null;

  const marked = await create(probe, { ...line, note: { [MARK]: "echo" } });
  const order = marked ?? (await create(probe, { ...line, note: null }));
  if (!order) {
    for (const name of ["note_echoed", "quantity_echoed", "list_order"] as const) {
      open(name, "A second mock order could not be made.");
    }
    return { isListed, pages, isMarked: false, takesMark: false };
  }
  const rows = isListed ? await calls.list(pages) : null;
  const listed = rows?.find(({ supplierOrderId }) =>
    isSameId(supplierOrderId, order.supplierOrderId),
  );
  const shown = listed ?? order;
  const where = listed ? "list" : "answer";

  const isQuantityEchoed = shown.items[0]?.quantity === quantity;
  found(
    "quantity_echoed",
    isQuantityEchoed,
    `${quantity} asked for, and the ${where} shows ${shown.items[0]?.quantity ?? "nothing"}.`,
  );
  const isMarked = marked !== null && shown.items[0]?.note?.[MARK] === "echo";
  if (marked)
    found("note_echoed", isMarked, `The ${where} ${isMarked ? "shows" : "doesn't show"} the note.`);
  else open("note_echoed", "A note that the product doesn't ask for is refused.");
  foundOrder(probe, rows, first.id, order.supplierOrderId);
  return { isListed, pages, isMarked, takesMark: marked !== null };
}

async function create(
  { calls }: Probe,
  item: NewSupplierOrder["items"][number],
): Promise<SupplierOrder | null> {
  const outcome = await calls.create({ items: [item] });
  return outcome.kind === "accepted" ? outcome.value : null;
}

function foundOrder(
  { found, open }: Probe,
  rows: SupplierOrder[] | null,
  older: string,
  newer: string,
): void {
  if (rows === null) {
    open("list_order", "Mock orders aren't listed, or the list can't be read.");
    return;
  }
  const at = (id: string) => rows.findIndex(({ supplierOrderId }) => isSameId(supplierOrderId, id));
  const [olderAt, newerAt] = [at(older), at(newer)];
  if (olderAt < 0 || newerAt < 0) {
    found("list_order", "unclear", "The list doesn't show both of the newest orders.");
  } else if (newerAt < olderAt) {
    found("list_order", "newest_first", "The newer order stands before the older one.");
  } else {
    found("list_order", "oldest_first", "The older order stands before the newer one.");
  }
}
