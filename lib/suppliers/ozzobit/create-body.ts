import { multiply } from "#lib/platform/money.ts";
import type { NewSupplierOrder } from "../port.ts";
import type { OzzobitConfig } from "./config.ts";

/** The text that creates an order, or why there can be none. */
export type CreateBody = { kind: "body"; body: string } | { kind: "problem"; detail: string };

/** Says in numbers what is an amount of money: they are few digits, which a number holds as they are. */
export function createBody(order: NewSupplierOrder, config: OzzobitConfig): CreateBody {
  const [item, ...others] = order.items;
  if (order.isMock) return problem("OZZOBiT has no test orders");
  if (!item || others.length > 0) return problem("OZZOBiT takes one product an order");
  const product = config.products.find(({ id }) => id === item.productId);
  if (!product) return problem("this product is no longer on the account's list");
  if (order.currency !== config.currency) {
    return problem(`the account's orders are in ${config.currency}`);
  }
  const wallet = item.note?.walletAddress;
  if (product.asksForWallet && wallet === undefined) return problem("a wallet address is needed");
  return {
    kind: "body",
    body: JSON.stringify({
      partnerOrderId: order.reference,
      productsAvailed: product.side,
      cryptoCurrency: product.cryptoCurrency,
      network: product.network,
      fiatCurrency: config.currency,
      fiatAmount: Number(multiply(product.fiatAmount, item.quantity)),
      ...(wallet === undefined ? {} : { walletAddress: String(wallet) }),
    }),
  };
}

const problem = (detail: string): CreateBody => ({ kind: "problem", detail });
