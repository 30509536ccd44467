import { describe, expect, it } from "vitest";
import { jobChoices } from "#components/deliveries/job-choices.ts";

const none = { pending: 0, success: 0, failed: 0, not_apply: 0 };
const endpoint = { id: "e", name: "Shop", channel: "webhook" as const };
const keys = (
  counts: Partial<typeof none>,
  standing?: "paused" | "resting" | "sending",
  isWhole = true,
) =>
  jobChoices(
    {
      counts: { ...none, ...counts },
      endpoint: standing ? { ...endpoint, standing } : null,
    },
    isWhole,
  ).map(({ key, count }) => `${key} ${count}`);

describe("jobChoices", () => {
  it("offers what there is something to do for", () => {
    expect(keys({})).toEqual([]);
    expect(keys({ failed: 3, pending: 9 })).toEqual(["failed 3"]);
    expect(keys({ failed: 3, success: 4, not_apply: 2 })).toEqual([
      "failed 3",
      "both 7",
      "revive 2",
    ]);
  });

  it("releases and drops what one endpoint holds back", () => {
    expect(keys({ pending: 9 }, "sending")).toEqual([]);
    expect(keys({ pending: 9 }, "resting")).toEqual(["release 9"]);
    expect(keys({ pending: 9 }, "paused")).toEqual(["release 9", "drop 9"]);
  });

  it("releases the whole of an endpoint or nothing of it", () => {
    expect(keys({ pending: 3 }, "paused", false)).toEqual(["drop 3"]);
    expect(keys({ pending: 3 }, "resting", false)).toEqual([]);
  });
});
