import { describe, expect, it } from "vitest";
import { decisionChoices } from "#components/alerts/decision-choices.ts";
import { ALERT_STATES } from "#lib/alerts/types.ts";

describe("decisionChoices", () => {
  it("offers to acknowledge, snooze and resolve what is open", () => {
    const { main, more } = decisionChoices(["open"], { notes: true });
    expect(main).toEqual(["acknowledge", "snooze", "resolve"]);
    expect(more).toEqual(["assign_me", "acknowledge_for", "assign", "note"]);
  });

  it("offers to put back what isn't", () => {
    expect(decisionChoices(["snoozed"], { notes: true }).main).toEqual([
      ...["put_back", "snooze", "resolve"],
    ]);
    expect(decisionChoices(["resolved"], { notes: false })).toEqual({
      main: ["put_back"],
      more: [],
    });
  });

  it("offers all that fits any of several", () => {
    const { main, more } = decisionChoices(ALERT_STATES, { notes: true });
    expect([...main, ...more]).toHaveLength(8);
  });
});
