import { describeConformance } from "../conformance/describe-conformance.fixture.ts";
import { KEY, ORDER_ID, REFERENCE } from "../conformance/subject.fixture.ts";
import { connectFoxreload } from "./connect.ts";

describeConformance({
  name: "foxreload",
  connect: (baseUrl, { deadlineMs, now }) =>
    connectFoxreload({
      baseUrl,
      apiKey: KEY,
      currency: "USD",
      timeouts: { connectMs: 1_000, readMs: deadlineMs, writeMs: deadlineMs },
      now,
    }),
  newOrder: {
    reference: REFERENCE,
    items: [{ productId: "product_1", quantity: 1, note: null }],
    isMock: false,
    totalPrice: "1.50",
    currency: "USD",
  },
  words: {
    awaiting_payment: "active",
    paid: "paid",
    processing: "processing",
    completed: "completed",
    cancelled: "cancelled",
    failed: "failed",
  },
  order: ({ word, codes, id = ORDER_ID }) => ({
    id,
    status: word,
    items: [{ itemId: "product_1", quantity: 1, externalData: [...codes] }],
    cancelReason: codes.join(" "),
    unheardOf: KEY,
  }),
  refusal: { status: 400, body: { code: "BALANCE_NOT_ENOUGH", detail: KEY } },
});
