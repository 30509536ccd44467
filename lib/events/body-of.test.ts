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
    const { payload, body } = bodyOf(event, null);
    expect(JSON.parse(body)).toEqual(payload);
    expect(payload).toEqual({ ...message, data: { ...stored, sequence } });
    expect(bodyOf(event, null).body).toBe(body);
  });

  it("says where people read on, unless it is of an order and for a shop", () => {
    const page = "https://ops.example.com/alerts/7";
    expect(bodyOf(event, page).payload.data).not.toHaveProperty("url");
    const { data, ...alert } = exampleOf("alert.notice");
    const { url: _, ...told } = data as typeof data & { url: string };
    const stored = { ...alert, at: new Date(alert.timestamp), sequence: null, data: told };
    expect(bodyOf(stored, page).payload.data).toEqual({ ...told, url: page });
    // What was stored before there were links is a message as well.
    expect(messageSchema("alert.notice").parse(bodyOf(stored, null).payload)).toBeTruthy();
  });

  it("has the claim link, or says that there is none", () => {
    const schema = messageSchema("order.completed");
    expect(schema.parse(bodyOf(event, null, { claim: claim ?? null }).payload).data.claim).toEqual(
      claim,
    );
    expect(bodyOf(event, null, { claim: null }).payload.data.claim).toBeNull();
    expect(bodyOf(event, null).payload.data).not.toHaveProperty("claim");
  });

  it("has the codes in the place of their number", () => {
    const extra = { codes: new Map([[item?.itemId ?? "", codes]]) };
    const told = messageSchema("order.completed").parse(bodyOf(event, null, extra).payload);
    expect(told.data.items[0]?.codes).toEqual(codes);
    const none = bodyOf(event, null, { codes: new Map() }).payload.data.items as {
      codes: unknown;
    }[];
    expect(none[0]?.codes).toEqual([]);
    // What is stored stays as it is.
    expect(event.data).toEqual(stored);
  });
});
