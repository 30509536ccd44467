import { describe, expect, it } from "vitest";
import { bodyOf, type StoredEvent } from "./body-of.ts";
import { exampleOf } from "./examples.ts";
import type { TellableCode } from "./material.ts";
import { messageSchema } from "./schemas.ts";

const { data, ...message } = exampleOf("order.completed");
const { claim, sequence, ...stored } = data as Extract<typeof data, { claim?: unknown }>;
const event: StoredEvent = {
  ...message,
  at: new Date(message.timestamp),
  sequence,
  data: stored,
};
const [item] = stored.items;
const codes: TellableCode[] = [
  { codeId: item?.itemId ?? "", value: "AAAA-BBBB", pin: "1234", others: [] },
];

describe("bodyOf", () => {
  it("is the message as text and as value, with the event's own place among its order's", () => {
    const { payload, body } = bodyOf(event);
    expect(JSON.parse(body)).toEqual(payload);
    expect(payload).toEqual({ ...message, data: { ...stored, sequence } });
    expect(bodyOf(event).body).toBe(body);
  });

  it("has the claim link, or says that there is none", () => {
    const schema = messageSchema("order.completed");
    expect(schema.parse(bodyOf(event, { claim: claim ?? null }).payload).data.claim).toEqual(claim);
    expect(bodyOf(event, { claim: null }).payload.data.claim).toBeNull();
    expect(bodyOf(event).payload.data).not.toHaveProperty("claim");
  });

  it("has the codes in the place of their number", () => {
    const extra = { codes: new Map([[item?.itemId ?? "", codes]]) };
    const told = messageSchema("order.completed").parse(bodyOf(event, extra).payload);
    expect(told.data.items[0]?.codes).toEqual(codes);
    const none = bodyOf(event, { codes: new Map() }).payload.data.items as { codes: unknown }[];
    expect(none[0]?.codes).toEqual([]);
    // What is stored stays as it is.
    expect(event.data).toEqual(stored);
  });
});
