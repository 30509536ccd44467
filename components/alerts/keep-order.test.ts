import { expect, it } from "vitest";
import { type About, keepOrder } from "./keep-order.ts";

const order = (id: string, status = "failed") => ({ id, status });
const first = order("1");
const none: About<string, typeof first> = { asked: null, order: null };

it("is what was there when it was asked for, whatever joins meanwhile", () => {
  const asked = keepOrder(none, "resend_notices", first);
  expect(asked).toEqual({ asked: "resend_notices", order: first });
  expect(keepOrder(asked, "resend_notices", order("2"))).toBe(asked);
  expect(keepOrder(asked, "resend_notices", null)).toBe(asked);
});

it("is followed as it changes, and found late", () => {
  const asked = keepOrder(none, "call_off", first);
  const changed = order("1", "completed");
  expect(keepOrder(asked, "call_off", changed).order).toBe(changed);
  expect(keepOrder(asked, "call_off", first)).toBe(asked);
  const unread = keepOrder(none, "call_off", null);
  expect(keepOrder(unread, "call_off", first).order).toBe(first);
});

it("is another's with the next question", () => {
  const asked = keepOrder(none, "replace", first);
  expect(keepOrder(asked, null, order("2"))).toEqual({ asked: null, order: order("2") });
  expect(keepOrder(asked, "dossier", order("2")).order).toEqual(order("2"));
});
