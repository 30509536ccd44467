/** Everything that the API can be asked for: the doors, the document and the reference are made of this table. */
import { z } from "zod";
import { type Permission, SCOPES, type Scope, scopesAllow } from "#lib/access/permissions.ts";
import { DELIVERY_STATES, stateWord } from "#lib/deliveries/lifecycle.ts";
import { ALL_EVENT_TYPES, EVENT_TYPES } from "#lib/events/types.ts";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import { LONGEST_REFERENCE } from "#lib/orders/new-order-limits.ts";
import type { ProblemCode } from "./problems.ts";
import * as forms from "./schemas.ts";

export type Operation = {
  id: string;
  method: "get" | "post";
  /** Below `/api/v1`. */
  path: string;
  tag: "Orders" | "Codes" | "Catalogue" | "Events";
  summary: string;
  description: string;
  /** What the verb behind it asks for; scopes bring it. */
  permission: Permission;
  /** Fields are what the address says, each as its own type. */
  query: z.ZodObject | null;
  body: z.ZodType | null;
  needsIdempotencyKey: boolean;
  answers: Partial<Record<200 | 201, { form: z.ZodType; what: string }>>;
  /** Beside those that any request can meet. */
  problems: readonly ProblemCode[];
};

const some = <Value extends string>(values: readonly Value[]) =>
  z.array(z.enum(values as [Value, ...Value[]])).min(1);
const after = z.uuid().describe("Where the page before ended: its `next`.");
const limit = z.int().min(1).max(forms.MOST_ROWS).default(50);
const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) > 0 && Date.parse(text) < Date.UTC(3000, 0));
/** Text without what PostgreSQL can't keep. */
const word = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

const plain = { query: null, body: null, needsIdempotencyKey: false, problems: [] } as const;

export const placeOrder = {
  ...plain,
  id: "placeOrder",
  method: "post",
  path: "/orders",
  tag: "Orders",
  permission: "orders.place",
  summary: "Place an order",
  description:
    "Commits the order and answers at once; the supplier is called soon after. The same `Idempotency-Key` with the same body gives the same answer for ever (with 200 instead of 201) and never a second order, whatever happened in between. A refusal is kept too, but for a pause (503): to try again once its cause is gone, send another key.",
  body: forms.newOrder,
  needsIdempotencyKey: true,
  answers: {
    201: { form: forms.order, what: "The order was placed." },
    200: { form: forms.order, what: "It was placed before; the answer is what it was then." },
  },
  problems: [
    ...(["idempotency_key_reused", "idempotency_key_in_use", "similar_order"] as const),
    ...(["insufficient_balance", "spend_limit_reached", "unknown_product"] as const),
    ...(["ambiguous_product", "product_unavailable", "out_of_stock"] as const),
    ...(["quantity_out_of_range", "note_invalid", "mixed_suppliers"] as const),
    ...(["price_above_maximum", "ordering_paused"] as const),
  ],
} satisfies Operation;

export const listOrders = {
  ...plain,
  id: "listOrders",
  method: "get",
  path: "/orders",
  tag: "Orders",
  permission: "orders.read",
  summary: "List orders",
  description: "Newest first; also those that people placed.",
  query: z.object({
    status: some(ORDER_STATUSES).optional(),
    customerRef: word(LONGEST_REFERENCE).optional(),
    createdFrom: instant.optional().describe("At or after this instant."),
    createdBefore: instant.optional(),
    after: after.optional(),
    limit,
  }),
  answers: { 200: { form: forms.orderPage, what: "A page of orders." } },
} satisfies Operation;

export const getOrder = {
  ...plain,
  id: "getOrder",
  method: "get",
  path: "/orders/{id}",
  tag: "Orders",
  permission: "orders.read",
  summary: "Read an order, or wait until it is final",
  description:
    "With `wait` the answer comes as soon as the order is final, or when so many seconds are over, with the order as it is then.",
  query: z.object({
    wait: z.int().min(0).max(forms.LONGEST_WAIT_SECONDS).default(0).describe("Seconds."),
  }),
  answers: { 200: { form: forms.order, what: "The order." } },
  problems: ["not_found", "too_many_waiting"],
} satisfies Operation;

export const cancelOrder = {
  ...plain,
  id: "cancelOrder",
  method: "post",
  path: "/orders/{id}/cancel",
  tag: "Orders",
  permission: "orders.place",
  summary: "Cancel an order, if that is still possible",
  description:
    "An order that hasn't gone to its supplier is `rejected` then, and costs nothing. No supplier takes a cancellation afterwards.",
  answers: { 200: { form: forms.order, what: "It is cancelled." } },
  problems: ["not_found", "not_cancellable"],
} satisfies Operation;

export const getCodes = {
  ...plain,
  id: "getCodes",
  method: "get",
  path: "/orders/{id}/codes",
  tag: "Codes",
  permission: "codes.reveal",
  summary: "Fetch an order's codes",
  description:
    "In plaintext. Each code of each answer leaves an entry in the audit log. Empty while there are none yet. What somebody else than the order's `customerRef` has, and what is bad, replaced or expired, is counted in `closed` and not opened.",
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,6}-\d{1,9}$/)
      .optional()
      .describe("Where the page before ended: its `next`."),
    limit: z.int().min(1).max(forms.MOST_CODES).default(100),
  }),
  answers: { 200: { form: forms.codePage, what: "A page of codes." } },
  problems: ["not_found"],
} satisfies Operation;

export const makeClaimLink = {
  ...plain,
  id: "makeClaimLink",
  method: "post",
  path: "/orders/{id}/claim-link",
  tag: "Codes",
  permission: "codes.reveal",
  summary: "Get the link by which the customer opens the codes",
  description:
    "Hands the codes out to the order's `customerRef`. The link opens them once; asked for again it is the same link, unless it expired unopened.",
  answers: { 200: { form: forms.claimLink, what: "The link." } },
  problems: ["not_found", "claim_link_unavailable"],
} satisfies Operation;

export const listProducts = {
  ...plain,
  id: "listProducts",
  method: "get",
  path: "/products",
  tag: "Catalogue",
  permission: "catalog.read",
  summary: "List products",
  description: "What can be ordered, with the price that is known now.",
  query: z.object({
    search: word(200).optional().describe("Part of the name."),
    region: word(100).optional(),
    supplier: word(63).optional(),
    itemId: word(200).optional(),
    inStock: z.boolean().optional(),
    after: after.optional(),
    limit,
  }),
  answers: { 200: { form: forms.productPage, what: "A page of products." } },
} satisfies Operation;

export const getBalance = {
  ...plain,
  id: "getBalance",
  method: "get",
  path: "/balance",
  tag: "Catalogue",
  permission: "balance.read",
  summary: "Read the balances",
  description: "What the accounts at suppliers held when they were last asked.",
  answers: { 200: { form: forms.balanceList, what: "A balance of each account and currency." } },
} satisfies Operation;

export const listDeliveries = {
  ...plain,
  id: "listDeliveries",
  method: "get",
  path: "/deliveries",
  tag: "Events",
  permission: "deliveries.read",
  summary: "List deliveries",
  description: "What was told to which endpoint, and what came of it; newest first, 50 a page.",
  query: z.object({
    orderId: z.uuid().optional(),
    state: some(DELIVERY_STATES.map(stateWord)).optional(),
    type: some(ALL_EVENT_TYPES).optional(),
    after: after.optional(),
  }),
  answers: { 200: { form: forms.deliveryPage, what: "A page of deliveries." } },
} satisfies Operation;

export const listEvents = {
  ...plain,
  id: "listEvents",
  method: "get",
  path: "/events",
  tag: "Events",
  permission: "deliveries.read",
  summary: "Read the feed of events",
  description:
    "All that happened, oldest first, in an order that never changes. Go on from the last `next`: nothing is left out and nothing comes twice. An order's events come in the order of their `sequence`.",
  query: z.object({
    after: z
      .uuid()
      .optional()
      .describe("The id of the last event that you have; the beginning where left out."),
    type: some(EVENT_TYPES).optional(),
    limit,
  }),
  answers: { 200: { form: forms.eventPage, what: "What follows." } },
} satisfies Operation;

export const OPERATIONS: readonly Operation[] = [
  ...[placeOrder, listOrders, getOrder, cancelOrder, getCodes, makeClaimLink],
  ...[listProducts, getBalance, listDeliveries, listEvents],
];

/** Each of them will do. */
export const scopesFor = ({ permission }: Operation): Scope[] =>
  SCOPES.filter((scope) => scopesAllow([scope], permission));

const ANYBODY_MEETS = [
  ...(["key_missing", "key_invalid", "key_expired", "key_revoked", "address_refused"] as const),
  ...(["scope_missing", "not_acceptable", "rate_limited", "too_many_failures"] as const),
  ...(["invalid_request", "internal", "unavailable"] as const),
];
const WITH_A_BODY = ["malformed_json", "too_large", "unsupported_media_type"] as const;
const WITH_A_KEY = ["idempotency_key_missing", "idempotency_key_invalid"] as const;

/** All that an operation may answer instead. */
export function problemsOf(operation: Operation): ProblemCode[] {
  return [
    ...ANYBODY_MEETS,
    ...(operation.body ? WITH_A_BODY : []),
    ...(operation.needsIdempotencyKey ? WITH_A_KEY : []),
    ...operation.problems,
  ];
}
