import { describe, expect, it } from "vitest";
import { readPollingSettings } from "./polling-settings.ts";

describe("readPollingSettings", () => {
  it("fills in what nobody has set", () => {
    const usual = {
      schedule: { preset: "learned", threshold: 0.08 },
      sweep: "auto",
      stalledAfterMs: null,
    };
    expect(readPollingSettings({})).toEqual(usual);
    expect(readPollingSettings(null)).toEqual(usual);
  });

  it("takes what somebody has set", () => {
    const given = {
      schedule: { preset: "steady", threshold: 0.5 },
      sweep: "off",
      stalledAfterMs: 120_000,
    };
    expect(readPollingSettings(given)).toEqual(given);
  });

  it("takes a stall's time that was taken back for the usual", () => {
    const read = readPollingSettings({ sweep: "off", stalledAfterMs: null });
    expect(read).toMatchObject({ sweep: "off", stalledAfterMs: null });
  });

  it("keeps what can be read beside what can't", () => {
    const read = readPollingSettings({ schedule: { preset: "never" }, sweep: "off", other: 1 });
    expect(read.schedule.preset).toBe("learned");
    expect(read.sweep).toBe("off");
  });
});
