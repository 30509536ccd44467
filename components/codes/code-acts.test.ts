import { describe, expect, it } from "vitest";
import { codeActs } from "#components/codes/code-acts.ts";
import { CODE_STATES } from "#lib/codes/lifecycle.ts";

const may = { reveal: true, find: true, handOut: true, mark: true, import: true, stock: true };
const none = {
  reveal: false,
  find: false,
  handOut: false,
  mark: false,
  import: false,
  stock: false,
};
const facts = {
  isMock: false,
  customerRef: "shop-1",
  available: 3,
  complaints: [],
  windows: { missing: "", wrong: "", defective: "" },
  may,
};

describe("what can be done to a code", () => {
  it.each([
    ["available", ["hand_out", "reserve", "mark_bad"]],
    ["reserved", ["hand_out", "release", "mark_bad"]],
    ["handed_out", ["mark_bad"]],
    ["bad", ["replace", "complain", "unmark"]],
    ["replaced", ["complain"]],
    ["expired", ["mark_bad"]],
    ["withheld", []],
  ] as const)("%s", (state, acts) => {
    expect(codeActs({ ...facts, state })).toEqual(acts);
  });

  it("is nothing for whoever may not", () => {
    for (const state of CODE_STATES) expect(codeActs({ ...facts, state, may: none })).toEqual([]);
  });

  it("gives no mock code to anybody", () => {
    for (const state of CODE_STATES) {
      const acts = codeActs({ ...facts, state, isMock: true });
      expect(acts.filter((act) => ["hand_out", "replace", "reserve"].includes(act))).toEqual([]);
    }
  });

  it("takes nothing back that the supplier made good for", () => {
    const acts = (outcome: string) =>
      codeActs({ ...facts, state: "bad", complaints: [{ closedAt: "", outcome } as never] });
    expect(acts("refunded")).not.toContain("unmark");
    expect(acts("replaced")).not.toContain("unmark");
    expect(acts("refused")).toContain("unmark");
  });

  it("complains once, of a supplier's code", () => {
    const own = codeActs({ ...facts, state: "bad", windows: null, customerRef: null });
    expect(own).toEqual(["unmark"]);
    const open = { closedAt: null } as never;
    expect(codeActs({ ...facts, state: "replaced", complaints: [open] })).toEqual([]);
  });
});
