import type { Message } from "../channel.ts";

export const EXAMPLE_ID = "019aa000-0000-7000-8000-0000000000e1";
const ORDER_ID = "019aa000-0000-7000-8000-0000000000a1";

/** `order.completed` as an endpoint that is told no codes gets it. */
export function exampleMessage(
  data: Record<string, unknown> = {},
  { id = EXAMPLE_ID, type = "order.completed" }: { id?: string; type?: string } = {},
): Message {
  const at = new Date("2026-11-21T18:30:00.000Z");
  const payload = {
    id,
    type,
    version: 1,
    timestamp: at.toISOString(),
    data: {
      orderId: ORDER_ID,
      sequence: 4,
      clientRef: "web-1042",
      customerRef: "priya@example.com",
      supplier: "foxreload",
      supplierOrderId: "990011",
      status: "completed",
      isMock: false,
      currency: "USD",
      total: "50.00",
      items: [
        {
          itemId: "019aa000-0000-7000-8000-0000000000b1",
          productId: "019aa000-0000-7000-8000-0000000000c1",
          supplierProductId: "77",
          productName: "Steam Wallet <25> & more",
          quantity: 2,
          codes: 2,
        },
      ],
      createdAt: "2026-11-21T18:29:00.000Z",
      finishedAt: "2026-11-21T18:30:00.000Z",
      reason: null,
      ...data,
    },
  };
  return {
    id,
    type,
    at,
    body: JSON.stringify(payload),
    payload,
    consoleUrl: `https://ops.example.com/orders/${ORDER_ID}`,
    resendId: null,
    group: ORDER_ID,
  };
}

/** The same with codes, as an endpoint gets them that an administrator lets have them. */
export function messageWithCodes(values: string[]): Message {
  const { payload } = exampleMessage();
  const [item] = payload.data.items as Record<string, unknown>[];
  return exampleMessage({
    items: [
      {
        ...item,
        quantity: values.length,
        codes: values.map((value, index) => ({ codeId: `code-${index}`, value })),
      },
    ],
  });
}

export const messageWithLink = (url: string): Message =>
  exampleMessage({ claim: { url, expiresAt: "2026-11-22T18:30:00.000Z" } });
