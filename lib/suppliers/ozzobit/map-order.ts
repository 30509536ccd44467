import Big from "big.js";
import { hideSecrets } from "../http/clean-text.ts";
import { type Hide, textHider } from "../http/hide-codes.ts";
import { isObject } from "../http/is-object.ts";
import type { Read } from "../http/outcome.ts";
import { redactOrder, type Shown } from "../http/redact.ts";
import { isSameReference } from "../http/same-reference.ts";
import type { Json, SupplierOrder, SupplierOrderItem } from "../port.ts";
import type { OzzobitConfig, OzzobitProduct } from "./config.ts";
import { orderState } from "./order-state.ts";
import { type OrderShape, orderShape } from "./schema.ts";

const MAX_WORD_CHARS = 100;

/** Left out, and so masked: wallets (a customer's), `paymentUrl` (whoever has it may pay or cancel). */
const SHOWN: Shown = {
  values: new Set(
    `id partnerorderid status productsavailed network cryptocurrency fiatcurrency fiatamount
     cryptoamount depositaddress transactionhash partner ozzobit total paymentmethod kycstatus
     reason cancelledby createdat updatedat completedat expiresat`.split(/\s+/),
  ),
  containers: new Set(["fee"]),
  codes: new Set(),
};

/** What is needed to understand an order: what is on offer, and what must not be repeated. */
export type Reading = {
  config: Pick<OzzobitConfig, "products" | "currency">;
  secrets: readonly string[];
};

/** An order that was asked for by nobody's id: one with an id, of which it is clear that it is an order. */
export function mapOrder(answer: Json, { config, secrets }: Reading): SupplierOrder | null {
  const parsed = orderShape.safeParse(answer);
  if (!parsed.success || !isObject(answer)) return null;
  const order = parsed.data;
  const told = answer.paymentUrl;
  const hide = textHider(typeof told === "string" && told !== "" ? [told] : [], secrets);
  const word = (order.status ?? "").trim();
  const state = orderState(word);
  return {
    supplierOrderId: order.id,
    state,
    word: hide(word, MAX_WORD_CHARS),
    cancelReason: state === "cancelled" || state === "failed" ? reasonOf(order, hide) : null,
    items: [itemOf(order, config)],
    totalPrice: order.fiatAmount,
    currency: order.fiatCurrency,
    isMock: null,
    isPriceUnclear:
      (order.fiatAmount === null && (answer.fiatAmount ?? null) !== null) ||
      (order.fiatCurrency === null && (answer.fiatCurrency ?? null) !== null),
    paymentExpiresAt: order.expiresAt,
    paymentUrl: paymentUrlOf(order, secrets),
    createdAt: order.createdAt,
    redacted: redactOrder(answer, hide, SHOWN),
  };
}

/** The reference that an answer repeats. */
export function referenceIn(answer: Json): string | null {
  return isObject(answer) && typeof answer.partnerOrderId === "string"
    ? answer.partnerOrderId
    : null;
}

/**
 * A created order: its id is not known beforehand, and is kept for good. So one that isn't clearly an order, or
 * that names another reference, has an id that can't be trusted either.
 */
export function readCreated(
  answer: Json,
  reference: string,
  reading: Reading,
): Read<SupplierOrder> {
  const order = mapOrder(answer, reading);
  const status = isObject(answer) ? (answer.status ?? null) : null;
  if (!order) return { ok: false, problem: "the answer names no order id" };
  if (status !== null && typeof status !== "string") {
    return { ok: false, problem: "the answer is no order" };
  }
  const theirs = referenceIn(answer);
  if (theirs !== null && !isSameReference(theirs, reference)) {
    return { ok: false, problem: "the answer is about another order" };
  }
  return { ok: true, value: order };
}

/** The order `id`. */
export function readOrder(answer: Json, id: string, reading: Reading): Read<SupplierOrder> {
  const order = mapOrder(answer, reading);
  if (!order) return { ok: false, problem: "the answer names no order id" };
  return order.supplierOrderId.toLowerCase() === id.toLowerCase()
    ? { ok: true, value: order }
    : { ok: false, problem: "the answer is about another order" };
}

function reasonOf({ reason, cancelledBy }: OrderShape, hide: Hide): string | null {
  return hide(reason ?? cancelledBy ?? "", MAX_WORD_CHARS) || null;
}

/** None where it repeats what we sign with: it is shown to people. */
function paymentUrlOf({ paymentUrl }: OrderShape, secrets: readonly string[]): string | null {
  return paymentUrl !== null && hideSecrets(paymentUrl, secrets) === paymentUrl ? paymentUrl : null;
}

/** An order is for one thing. Which of ours it is, the currencies, network and amount tell. */
function itemOf(order: OrderShape, { products, currency }: Reading["config"]): SupplierOrderItem {
  const known = products.flatMap((product) => {
    const quantity = isFor(order, product) ? quantityOf(order, product, currency) : null;
    return quantity === null ? [] : [{ product, quantity }];
  });
  // Two that fit are none: a guess would be held against what was asked for.
  const [only] = known.length === 1 ? known : [];
  return {
    productId: only?.product.id ?? null,
    quantity: only?.quantity ?? null,
    note: order.walletAddress === null ? null : { walletAddress: order.walletAddress },
    error: null,
    codes: [],
  };
}

function isFor(order: OrderShape, product: OzzobitProduct): boolean {
  const same = (theirs: string | null, ours: string) =>
    theirs?.toUpperCase() === ours.toUpperCase();
  return (
    same(order.productsAvailed, product.side) &&
    same(order.cryptoCurrency, product.cryptoCurrency) &&
    same(order.network, product.network)
  );
}

function quantityOf(
  { fiatAmount, fiatCurrency }: OrderShape,
  product: OzzobitProduct,
  currency: string,
): number | null {
  if (fiatAmount === null || fiatCurrency !== currency) return null;
  const quantity = new Big(fiatAmount).div(product.fiatAmount);
  const whole = quantity.round();
  return whole.eq(quantity) && whole.gt(0) && whole.lt(1e9) ? whole.toNumber() : null;
}
