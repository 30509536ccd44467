import { describe, expect, it } from "vitest";
import { minutesBefore, NOW } from "./observations.fixture.ts";
import { isTooDear, type PastPayment, paymentStep } from "./payment-step.ts";

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

describe("isTooDear", () => {
  it.each([
    ["4.75", null, false],
    ["4.75", "4.75", false],
    ["4.75", "4.7500", false],
    ["4.75", "4.00", false],
    ["2.8647", "2.87", false],
    ["4.75", "4.76", false],
    ["4.75", "4.7601", true],
    ["4.75", "5", true],
    ["0", "0.02", true],
  ])("%s agreed to, %s wanted: %s", (agreed, charged, expected) => {
    expect(isTooDear(agreed, charged)).toBe(expected);
  });
});
