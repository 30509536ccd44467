import type { NewSupplierOrder, SupplierOrder } from "./port.ts";
import type { Probe } from "./probe-account.ts";
import { isSameId, ProbeStopped, refused } from "./probe-calls.ts";
import { type Echoes, MARK } from "./probe-echoes.ts";

const LANDING_WAITS_MS = [500, 1_500, 3_000];

/**
 * What becomes of a create that is repeated under one idempotency key, and of one whose sender hangs
 * up. Both need more than the port offers.
 */
export async function probeLosses(probe: Probe, echoes: Echoes): Promise<void> {
  if (!probe.context.extras) {
    probe.open("idempotency_key", "This kind of supplier has no such probe.");
    probe.open("landing_after_abort", "This kind of supplier has no such probe.");
    return;
  }
  await probeKey(probe);
  await probeHangUp(probe, echoes);
}

async function probeKey({ calls, context, product, found }: Probe): Promise<void> {
  const { extras, core } = context;
  if (!extras) return;
  const key = `keyhold-probe-${core.newId()}`;
  const items = [{ productId: product.id, quantity: product.minQuantity, note: null }];
  const send = () =>
    calls.create({ items }, (order, limits) => extras.createWithKey(order, key, limits));
  const first = await send();
  if (first.kind === "refused") {
    found(
      "idempotency_key",
      "not_taken",
      `A create with a key is refused: ${refused(first.refusal)}`,
    );
    return;
  }
  const second = await send();
  if (second.kind === "refused") {
    found("idempotency_key", "refused", `The repeat is refused: ${refused(second.refusal)}`);
  } else if (isSameId(second.value.supplierOrderId, first.value.supplierOrderId)) {
    found("idempotency_key", "same_order", "The repeat is answered with the first order.");
  } else {
    found("idempotency_key", "ignored", "The repeat made a second order.");
  }
}

/** A create that is sent whole and whose answer nobody waits for: does it make an order? */
async function probeHangUp(
  probe: Probe,
  { isListed, pages, isMarked, takesMark }: Echoes,
): Promise<void> {
  const { calls, context, product, found, open } = probe;
  const { extras } = context;
  if (!extras || !isListed) {
    open("landing_after_abort", "Mock orders aren't listed, so nobody could see it land.");
    return;
  }
  const before = await calls.list(pages);
  if (!before) {
    open("landing_after_abort", "The list can't be read.");
    return;
  }
  const known = new Set([...before.map(({ supplierOrderId }) => supplierOrderId), ...calls.made]);
  const mark = context.core.newId();
  const item = {
    productId: product.id,
    quantity: product.minQuantity,
    note: takesMark ? { [MARK]: mark } : null,
  };
  const outcome = await calls.createUnheard({ items: [item] }, (order, limits) =>
    extras.createAndHangUp(order, limits),
  );
  if (outcome.kind === "refused") throw new ProbeStopped(refused(outcome.refusal));

  const isIt = (order: SupplierOrder) =>
    !known.has(order.supplierOrderId) && (isMarked ? hasMark(order, mark) : isLike(order, item));
  for (const waitMs of LANDING_WAITS_MS) {
    await calls.wait(waitMs);
    const landed = (await calls.list(pages))?.find(isIt);
    if (!landed) continue;
    await calls.adopt(landed);
    found("landing_after_abort", "landed", "A create whose sender had hung up made an order.");
    return;
  }
  found(
    "landing_after_abort",
    "not_seen",
    "Nothing of it appeared within 5 s. If a mock order does later, mark it as foreign.",
  );
}

const hasMark = ({ items }: SupplierOrder, mark: string): boolean =>
  items[0]?.note?.[MARK] === mark;

/** The account may be in use: only a mock order of just these goods is taken for the probe's own. */
function isLike(
  { isMock, items }: SupplierOrder,
  wanted: NewSupplierOrder["items"][number],
): boolean {
  const [item, ...more] = items;
  return (
    isMock === true &&
    more.length === 0 &&
    item?.productId === wanted.productId &&
    item.quantity === wanted.quantity
  );
}
