import { describe, expect, it } from "vitest";
import { deliveryAct } from "#components/deliveries/delivery-acts.ts";

type Facts = Parameters<typeof deliveryAct>[0];
const of = (more: Partial<Facts>): ReturnType<typeof deliveryAct> =>
  deliveryAct({
    state: "failed",
    isTrying: false,
    endpoint: { standing: "sending" },
    may: { send: true },
    ...more,
  });

describe("deliveryAct", () => {
  it("offers what the state allows", () => {
    expect(of({})).toBe("resend");
    expect(of({ state: "success" })).toBe("resend");
    expect(of({ state: "pending" })).toBe("hasten");
    expect(of({ state: "not_apply", endpoint: null })).toBe("revive");
  });

  it("offers nothing that would be refused", () => {
    expect(of({ may: { send: false } })).toBeNull();
    expect(of({ endpoint: { standing: "deleted" } })).toBeNull();
    expect(of({ state: "pending", isTrying: true })).toBeNull();
    expect(of({ state: "pending", endpoint: { standing: "paused" } })).toBeNull();
    expect(of({ state: "not_apply", endpoint: { standing: "disabled" } })).toBeNull();
  });
});
