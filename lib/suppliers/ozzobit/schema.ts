import { z } from "zod";
import {
  amount,
  currency,
  id,
  json,
  optionalId,
  pageAddress,
  rawText,
  text,
  time,
} from "../http/shapes.ts";

/** An order as it is read, listed or created; a created one has fewer fields. */
export const orderShape = z.object({
  id,
  partnerOrderId: optionalId,
  status: rawText,
  productsAvailed: text(20),
  cryptoCurrency: text(20),
  network: text(40),
  fiatCurrency: currency,
  fiatAmount: amount,
  walletAddress: text(200),
  /** Not on the order's own page, but named beside the events of the socket. */
  reason: rawText,
  cancelledBy: rawText,
  expiresAt: time,
  /** Only said when it is created. */
  paymentUrl: pageAddress,
  createdAt: time,
});

export type OrderShape = z.infer<typeof orderShape>;

/** What the papers call it is not certain: the token of a sign-in under any of these, and its end. */
export const tokenShape = z.object({
  token: text(8_000),
  accessToken: text(8_000),
  access_token: text(8_000),
  expiresIn: amount,
  expires_in: amount,
  expiresAt: time,
});

/** What is pushed, once it is in plain text. */
export const messageShape = z.object({
  eventName: z.string().min(1),
  data: json,
  timestamp: time,
});

export const toldOrderShape = z.object({
  id: optionalId,
  orderId: optionalId,
  partnerOrderId: optionalId,
  status: text(100),
});

const named = z.object({ id: optionalId, orderId: optionalId }).nullish().catch(null);

/** What the socket tells of an order. */
export const socketOrderShape = z.object({
  id: optionalId,
  orderId: optionalId,
  order: named,
  data: named,
});
