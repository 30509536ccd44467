import { describe, expect, it } from "vitest";
import type { PolicyView } from "#lib/alerts/policies/types.ts";
import { emptyPolicy, policyDraftOf, policyInput } from "./policy-draft.ts";

const policy: PolicyView = {
  ...{ id: "p", name: "On call", kinds: ["stalled"], severityFloor: "critical", version: "v" },
  steps: [
    {
      ...{ afterMs: 0, state: "well", includesMock: false, user: null },
      endpoint: { id: "e", name: "Ops", channel: "telegram" },
    },
    {
      ...{ afterMs: 900_000, state: "well", includesMock: false, user: { id: "u", name: "Asha" } },
      endpoint: { id: "m", name: "Mail", channel: "email" },
    },
  ],
  ...{ repeatAfterMs: 1_800_000, repeats: 2 },
  quiet: { from: 1_320, to: 425, timeZone: "Asia/Kolkata", floor: null },
};

describe("policy drafts", () => {
  it("come out as they went in", () => {
    expect(policyInput(policyDraftOf(policy), policy)).toEqual({
      ...{ id: "p", version: "v", name: "On call", kinds: ["stalled"], severityFloor: "critical" },
      steps: [
        { afterMs: 0, endpointId: "e", userId: null },
        { afterMs: 900_000, endpointId: "m", userId: "u" },
      ],
      ...{ repeatAfterMs: 1_800_000, repeats: 2 },
      quiet: { from: 1_320, to: 425, timeZone: "Asia/Kolkata", floor: null },
    });
  });

  it("say nothing that nobody typed", () => {
    expect(policyInput(emptyPolicy("e"), null)).toMatchObject({
      ...{ id: null, kinds: [], repeatAfterMs: null, repeats: 0, quiet: null },
    });
    const odd = { ...emptyPolicy("e"), repeats: "two", repeatMinutes: "1e9" };
    expect(policyInput(odd, null)).toMatchObject({ repeats: -1 });
  });
});
