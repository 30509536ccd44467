import { describe, expect, it } from "vitest";
import { minutesBefore, NOW } from "./observations.fixture.ts";
import { type PastPayment, paymentStep, whyNotPay } from "./payment-step.ts";

const secondsAgo = (seconds: number) => minutesBefore(seconds / 60);
const payment = (outcome: string | null, seconds = 3_600): PastPayment => ({
  outcome,
  startedAt: secondsAgo(seconds + 1),
  finishedAt: outcome === null ? null : secondsAgo(seconds),
});
const step = (past: PastPayment[], doubtful = false) => paymentStep(past, doubtful, NOW);

describe("paymentStep", () => {
  it("pays at once when nothing was sent and nothing is in doubt", () => {
    expect(step([])).toBe("pay");
  });

  it("looks first when the supplier's last word wasn't understood", () => {
    expect(step([], true)).toBe("look_then_pay");
  });

  it("looks first after a refusal, however long ago", () => {
    expect(step([payment("refused", 0)])).toBe("look_then_pay");
    expect(step([payment("refused", 86_400)])).toBe("look_then_pay");
  });

  it.each(["unknown", null])("only looks while a payment (%s) may still land", (outcome) => {
    expect(step([payment(outcome, 0)])).toBe("look");
    expect(step([payment(outcome, 28)])).toBe("look");
    expect(step([payment(outcome, 31)])).toBe("look_then_pay");
  });

  it("measures from the end of the call, or from its start where nobody saw the end", () => {
    const slow = { outcome: "unknown", startedAt: secondsAgo(60), finishedAt: secondsAgo(29) };
    expect(step([slow])).toBe("look");
    expect(step([{ outcome: null, startedAt: secondsAgo(29), finishedAt: null }])).toBe("look");
    expect(step([{ outcome: null, startedAt: secondsAgo(30), finishedAt: null }])).toBe(
      "look_then_pay",
    );
  });

  it("never pays again what was accepted once, not even a day later", () => {
    expect(step([payment("accepted", 5)])).toBe("look");
    expect(step([payment("accepted", 86_400)])).toBe("look");
    expect(step([payment("refused", 60), payment("accepted", 86_400)])).toBe("look");
  });

  it("never pays without a look once anything was sent", () => {
    for (const outcome of ["accepted", "refused", "unknown", null]) {
      for (const seconds of [0, 29, 30, 31, 900, 86_400]) {
        for (const doubtful of [true, false]) {
          expect(step([payment(outcome, seconds)], doubtful)).not.toBe("pay");
        }
      }
    }
  });
});

describe("whyNotPay", () => {
  const asked = (facts: Partial<Parameters<typeof whyNotPay>[2]>) =>
    whyNotPay("4.75", "USD", {
      totalPrice: "4.75",
      currency: "USD",
      isPriceUnclear: false,
      ...facts,
    });

  it.each([
    ["4.75", null, true],
    ["4.75", "4.75", true],
    ["4.75", "4.7500", true],
    ["4.75", "4.00", true],
    ["2.8647", "2.87", true],
    ["4.75", "4.76", true],
    ["4.75", "4.7601", false],
    ["4.75", "5", false],
    ["0", "0.02", false],
  ])("%s agreed to, %s wanted: paid %s", (agreed, totalPrice, isPaid) => {
    const price = { totalPrice, currency: "USD", isPriceUnclear: false };
    expect(whyNotPay(agreed, "USD", price) === null).toBe(isPaid);
  });

  it("takes a total without a currency for ours", () => {
    expect(asked({ currency: null })).toBeNull();
    expect(asked({ currency: null, totalPrice: "5" })).not.toBeNull();
  });

  it("doesn't pay in another currency, however little it seems", () => {
    expect(asked({ currency: "RUB", totalPrice: "1" })).toBe(
      "Not paid: the supplier wants 1 RUB, and 4.75 USD was agreed to.",
    );
    expect(asked({ currency: "RUB", totalPrice: null })).toContain("wants RUB");
  });

  it.each(["-1", "9".repeat(14), "9".repeat(30)])("doesn't pay a total of %s", (totalPrice) => {
    expect(asked({ totalPrice })).toContain("can't be understood");
  });

  it("doesn't pay what the adapter couldn't read", () => {
    expect(asked({ totalPrice: null, isPriceUnclear: true })).toContain("can't be understood");
    expect(asked({ isPriceUnclear: true })).toContain("can't be understood");
  });
});
