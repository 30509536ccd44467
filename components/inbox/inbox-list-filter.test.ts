import { describe, expect, it } from "vitest";
import {
  inboxQueryOf,
  isNarrowed,
  isTroubled,
  matchingOf,
  type RawInboxFilter,
  readInboxFilter,
  statesOf,
} from "#components/inbox/inbox-list-filter.ts";

const none: RawInboxFilter = {
  ...{ state: null, attention: null, supplier: null, order: null, after: null },
};
const read = (raw: Partial<RawInboxFilter>) => readInboxFilter({ ...none, ...raw });
const ID = "019a0000-0000-7000-8000-000000000001";

describe("the inbox's address", () => {
  it("is read, and written the same again", () => {
    const filter = read({ state: "failed", supplier: "game-keys", order: ID, after: ID });
    expect(inboxQueryOf(filter)).toBe(`state=failed&supplier=game-keys&order=${ID}&after=${ID}`);
    expect(inboxQueryOf(read({ attention: "1" }))).toBe("attention=1");
    expect(inboxQueryOf(read({}))).toBe("");
  });

  it("leaves junk out", () => {
    const filter = read({ state: "<script>", supplier: "../x", order: "1", after: "%00" });
    expect(inboxQueryOf(filter)).toBe("");
    expect(isNarrowed(filter)).toBe(false);
  });

  it("asks for what is in trouble, unless one state is named", () => {
    expect(statesOf(read({ attention: "1" }))).toEqual(["unmatched", "unreadable", "failed"]);
    expect(statesOf(read({ attention: "1", state: "done" }))).toEqual(["done"]);
    expect(statesOf(read({}))).toEqual([]);
  });

  it("knows where all that it shows is in trouble, and asks the verbs for the same", () => {
    expect(isTroubled(read({ attention: "1" }))).toBe(true);
    expect(isTroubled(read({ state: "failed" }))).toBe(true);
    expect(isTroubled(read({ attention: "1", state: "done" }))).toBe(false);
    expect(isTroubled(read({}))).toBe(false);
    const filter = read({ state: "failed", supplier: "game-keys", order: ID, after: ID });
    expect(matchingOf(filter)).toEqual({ states: ["failed"], slug: "game-keys", orderId: ID });
    expect(matchingOf(read({}))).toEqual({});
  });
});
