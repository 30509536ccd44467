/** Everything that can be answered instead of what was asked for. Codes are outsiders' to rely on. */
export const PROBLEMS = {
  malformed_json: [400, "The body is no JSON", "Send one JSON object in UTF-8."],
  idempotency_key_missing: [
    400,
    "Idempotency-Key is missing",
    "Send a header `Idempotency-Key` with a value of your own for each order that you mean to place, e.g. a UUID or your order's number, and the same one when you try again.",
  ],
  idempotency_key_invalid: [
    400,
    "Idempotency-Key is not usable",
    "It has 1 to 255 visible ASCII characters, with or without double quotes around it.",
  ],
  key_missing: [401, "No API key", "Send `Authorization: Bearer kh_…`."],
  key_invalid: [401, "No such API key", "It may be mistyped, or have been replaced a while ago."],
  key_expired: [401, "The API key has expired", "Ask whoever runs Keyhold for another."],
  key_revoked: [401, "The API key was revoked", "Ask whoever runs Keyhold for another."],
  address_refused: [
    403,
    "The API key may not be used from here",
    "The key is bound to addresses, and the request came from another one.",
  ],
  scope_missing: [
    403,
    "The API key lacks a scope",
    "`scope` names the one that it takes. A key's scopes are chosen when it is made.",
  ],
  not_found: [404, "There is no such thing", "The address leads nowhere, or the id is unknown."],
  method_not_allowed: [405, "Not that way", "The header `Allow` lists the methods that there are."],
  not_acceptable: [406, "Only JSON is spoken here", "Accept `application/json`."],
  idempotency_key_reused: [
    409,
    "The Idempotency-Key belongs to another request",
    "It was sent with another body before. Another order takes another key.",
  ],
  idempotency_key_in_use: [
    409,
    "The first request is still at work",
    "The same request came before and has no answer yet. Send it again after `Retry-After` seconds.",
  ],
  similar_order: [
    409,
    "The same was ordered just now",
    "The request asked to be refused in that case (`refuseSimilar`). `orders` names them.",
  ],
  insufficient_balance: [
    409,
    "The balance does not reach",
    "The account at the supplier holds too little, after what is promised to other orders. Nothing was placed.",
  ],
  spend_limit_reached: [
    409,
    "The day's limit is reached",
    "What this key may spend in a day (UTC) would be exceeded. Nothing was placed.",
  ],
  not_cancellable: [
    409,
    "The order can't be cancelled",
    "`reason` says why: `sent` (it has gone to the supplier, which takes no cancellation), `sending` (it is going out right now) or `final`.",
  ],
  claim_link_unavailable: [
    409,
    "There is no claim link",
    "`reason` says why: `not_ready` (no codes yet), `no_customer` (the order was placed without `customerRef`), `given_otherwise`, `withheld` or `revoked`.",
  ],
  too_large: [413, "The body is too large", "At most 64 kB."],
  unsupported_media_type: [
    415,
    "The body has to be JSON",
    "Send it with `Content-Type: application/json`, unencoded.",
  ],
  invalid_request: [
    422,
    "The request is not as it should be",
    "`errors` says what is wrong and where: `pointer` into the body, or `parameter` of the address.",
  ],
  unknown_product: [
    422,
    "There is no such product",
    "`errors` points at the item. Look ids up at `GET /api/v1/products`.",
  ],
  ambiguous_product: [
    422,
    "Several suppliers have that product",
    "Name the one with `supplier`, or take the product's own `id` as `itemId`.",
  ],
  product_unavailable: [422, "The product is no longer sold", "`errors` points at the item."],
  out_of_stock: [422, "There are too few", "`errors` points at the item and says how many."],
  quantity_out_of_range: [
    422,
    "The quantity is too small or too large",
    "`errors` points at the item and says what is taken.",
  ],
  note_invalid: [
    422,
    "A field of the note is missing or wrong",
    "`errors` points at it. A product's `noteFields` says what it asks for.",
  ],
  mixed_suppliers: [
    422,
    "One order, one supplier and currency",
    "Place an order for each of them.",
  ],
  price_above_maximum: [
    422,
    "It costs more than you would pay",
    "`total` is what it costs now, `maxTotalPrice` what was allowed. Nothing was placed.",
  ],
  rate_limited: [
    429,
    "Too many requests",
    "The key's rate is used up. `Retry-After` says when there is more.",
  ],
  too_many_failures: [
    429,
    "Too many refused keys",
    "Too many requests with a key that is none came from this address.",
  ],
  too_many_waiting: [
    429,
    "Too many requests are waiting",
    "So many wait for orders already. Ask without `wait`, or later.",
  ],
  internal: [
    500,
    "Something went wrong here",
    "It is logged under `reference`. An order may be sent again with the same Idempotency-Key: it will not be placed twice.",
  ],
  ordering_paused: [
    503,
    "Ordering is paused",
    "Somebody has paused ordering at this supplier. Nothing was placed; the same request may be sent again after `Retry-After`.",
  ],
  unavailable: [
    503,
    "Not ready",
    "The database or the supplier's connection isn't there, or too many requests are at work. Try again after `Retry-After`.",
  ],
} as const satisfies Record<string, readonly [status: number, title: string, meaning: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What the caller is told beside the code. */
export type ProblemFacts = {
  detail?: string;
  scope?: string;
  reason?: string;
  total?: string;
  maxTotalPrice?: string;
  currency?: string;
  orders?: string[];
  errors?: { pointer?: string; parameter?: string; detail: string }[];
};

export type Problem = { code: ProblemCode; facts?: ProblemFacts; retryAfterSeconds?: number };

/** RFC 9457. `type` leads to what the reference says of the code. */
export function problemBody({ code, facts }: Problem, origin: string, reference: string) {
  const [status, title] = PROBLEMS[code];
  return {
    type: new URL(`/api/v1/reference#problem-${code}`, origin).href,
    title,
    status,
    code,
    reference,
    ...facts,
  };
}

export const statusOf = (code: ProblemCode): number => PROBLEMS[code][0];
