import { z } from "zod";
import { behaviourSchema, cancelReasons, fateSchema } from "./behaviours.ts";
import { balanceCurrencies, orderCurrencies } from "./money.ts";

/** The supplier's own words for where an order stands. */
export const orderStatuses = [
  "active",
  "paid",
  "processing",
  "completed",
  "cancelled",
  "failed",
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

const instant = z.int();
const duration = z.int().min(0);

const planSchema = z.object({
  /** From payment: how long `active` is still reported, then `paid`, then `processing`. */
  activeForMs: duration,
  paidForMs: duration,
  endAfterMs: duration,
  /** The status that the order never leaves, or null. */
  stallAt: z.enum(["active", "paid", "processing"]).nullable(),
  end: z.enum(["completed", "failed", "cancelled"]),
  cancelReason: z.enum(cancelReasons).nullable(),
  /** From creation: cancelled at this age whether paid or not; null means it isn't. */
  cancelledAfterMs: duration.nullable(),
  keepMoney: z.boolean(),
  failMessage: z.string(),
  /** One for each item: its error on completion, and how many codes it delivers. */
  items: z.array(z.object({ error: z.string().nullable(), codes: z.int().min(0) })),
  /** The item of an earlier order whose first code is delivered once more, as the first of all. */
  repeats: z.object({ orderId: z.string(), item: z.int() }).nullable().default(null),
});
export type Plan = z.infer<typeof planSchema>;

const orderSchema = z.object({
  id: z.string(),
  seed: z.int(),
  createdAt: instant,
  paymentExpiresAt: instant,
  currency: z.enum(orderCurrencies),
  totalPrice: z.string(),
  isMock: z.boolean(),
  idempotencyKey: z.string().nullable(),
  /** Created by a call that was answered or lost, by one that landed late, or by somebody else. */
  origin: z.enum(["call", "late", "foreign"]).default("call"),
  items: z.array(
    z.object({
      productId: z.string(),
      quantity: z.int().min(1),
      price: z.string(),
      note: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  plan: planSchema,
  /** Every time the order was paid. More than one would be a fault of the simulator. */
  payments: z.array(instant),
  /** Written once, when the end was reached and money and stock were put right. */
  settled: z
    .object({
      status: z.enum(["completed", "failed", "cancelled"]),
      at: instant,
      cancelReason: z.enum(cancelReasons).nullable(),
      moneyReturned: z.boolean(),
    })
    .nullable(),
});
export type Order = z.infer<typeof orderSchema>;

export const endpoints = [
  "create",
  "pay",
  "get",
  "list",
  "balances",
  "me",
  "products",
  "categories",
] as const;
export type Endpoint = (typeof endpoints)[number];

/** A call without an answer whose effect is still to come. */
const landingSchema = z.object({
  at: instant,
  endpoint: z.enum(["create", "pay"]),
  params: z.record(z.string(), z.string()),
  body: z.string(),
  currency: z.enum(orderCurrencies),
  fate: z.object({ fate: fateSchema, productId: z.string().nullable() }).nullable(),
});
export type Landing = z.infer<typeof landingSchema>;

/** Which requests a rule is for. What is left out matches everything. */
export const ruleMatchSchema = z.strictObject({
  order: z.string().optional(),
  product: z.string().optional(),
  endpoint: z.enum([...endpoints, "any"]).default("any"),
  share: z.number().min(0).max(1).default(1),
  times: z.int().min(1).optional(),
});

const ruleSchema = z.object({
  id: z.string(),
  match: ruleMatchSchema,
  do: behaviourSchema,
  /** How often it matched, and how often it then also won its draw. */
  considered: z.int(),
  fired: z.int(),
});
export type Rule = z.infer<typeof ruleSchema>;

const balanceSchema = z.object({
  available: z.string(),
  reserved: z.string(),
  pending: z.string(),
});

export const stateSchema = z.object({
  version: z.literal(1),
  clockOffsetMs: z.int(),
  /** What the supplier's clock is off by, as everybody else sees it. */
  toldOffsetMs: z.int().default(0),
  /** Those that it takes, where others were issued than the one that it was started with. */
  apiKeys: z.array(z.string()).default([]),
  nextRule: z.int(),
  balances: z.record(z.enum(balanceCurrencies), balanceSchema),
  /** Only where it differs from the catalogue. */
  stock: z.record(z.string(), z.int()),
  usdPrices: z.record(z.string(), z.string()),
  rules: z.array(ruleSchema),
  landings: z.array(landingSchema).default([]),
  /** What was told of an item's codes that isn't so, each once. */
  lies: z
    .array(z.object({ orderId: z.string(), item: z.int(), externalData: z.array(z.unknown()) }))
    .default([]),
  /** Oldest first. */
  orders: z.array(orderSchema),
});
export type State = z.infer<typeof stateSchema>;
