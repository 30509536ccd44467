/** Endpoints and events, announced as Keyhold announces them. */
import type { Client } from "pg";
import { addEndpoint } from "#lib/deliveries/add-endpoint.ts";
import { openKeyhold } from "./keyhold.ts";

/** To one endpoint, by whoever sends. */
export const SENDS_AT_ONCE = 64;
const BENCH = { kind: "job", name: "bench" } as const;
const UNASKED = { address: null, correlationId: null };
/** As large as an order's announcement usually is. */
const DATA = {
  orderId: "01900000-0000-7000-8000-00000000000a",
  clientRef: "shop-4711-bench",
  customerRef: "customer-0815",
  supplier: "foxreload",
  supplierOrderId: "order_0123456789",
  status: "completed",
  isMock: false,
  currency: "USD",
  total: "4.75",
  items: [
    {
      itemId: "01900000-0000-7000-8000-00000000000b",
      productId: "01900000-0000-7000-8000-00000000000c",
      supplierProductId: "product_bench",
      productName: "Gift card 5 USD",
      quantity: 1,
      codes: 1,
    },
  ],
  createdAt: "2026-11-01T10:00:00.000Z",
  finishedAt: "2026-11-01T10:00:30.000Z",
  reason: null,
};

/** Webhooks, each by the name that its address ends with. */
export async function seedEndpoints(
  databaseUrl: string,
  supplierUrl: string,
  urls: Record<string, string>,
  sendsAtOnce = SENDS_AT_ONCE,
): Promise<void> {
  const keyhold = await openKeyhold(databaseUrl, supplierUrl);
  try {
    for (const [name, url] of Object.entries(urls)) {
      const input = {
        name,
        channel: "webhook" as const,
        config: { url, headers: [] },
        secrets: { signing: [], headers: {} },
        events: ["*" as const],
        sendsAtOnce,
        untested: true,
      };
      const answer = await addEndpoint(keyhold, BENCH, input, UNASKED);
      if (answer.kind !== "added")
        throw new Error(`No endpoint ${name}: ${JSON.stringify(answer)}`);
    }
  } finally {
    await keyhold.close();
  }
}

/** Each goes to every endpoint, and all are due. */
export async function seedEvents(client: Client, count: number): Promise<void> {
  await client.query(
    `select announce((select jsonb_agg(jsonb_build_object('id', gen_random_uuid(), 'type', 'order.completed', 'version', 1,
       'at', now(), 'subject', 'bench', 'orderId', null, 'isMock', false, 'productIds', '[]'::jsonb, 'data', $2::jsonb))
       from generate_series(1, $1::int)))`,
    [count, JSON.stringify(DATA)],
  );
}
