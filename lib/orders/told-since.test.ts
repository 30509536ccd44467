import { expect, it } from "vitest";
import { minutesBefore, NOW } from "./observations.fixture.ts";
import { toldSince } from "./told-since.ts";

const push = (toldMinutesAgo: number | null) => ({
  source: "push" as const,
  toldAt: toldMinutesAgo === null ? null : minutesBefore(toldMinutesAgo),
});
const placed = {
  ...{ createdAt: minutesBefore(30), statusChangedAt: minutesBefore(30) },
  ...{ toldSince: null, lastLookedAt: null },
};
const unsure = { status: "unconfirmed", ...placed } as const;
const unpaid = {
  ...placed,
  status: "awaiting_payment",
  statusChangedAt: minutesBefore(15),
} as const;
const there = (minutesAgo: number | null = null) => ({
  state: "processing" as const,
  createdAt: minutesAgo === null ? null : minutesBefore(minutesAgo),
});

it("is when the supplier made the order, where we first hear of it", () => {
  const since = { since: minutesBefore(20) };
  expect(toldSince(unsure, "processing", there(20), push(12), NOW)).toEqual(since);
  expect(toldSince(unsure, "processing", there(), push(20), NOW)).toEqual(since);
});

it("is when its message says, where it comes to another state", () => {
  const told = toldSince(unpaid, "processing", there(29), push(10), NOW);
  expect(told).toEqual({ since: minutesBefore(10) });
});

it("isn't before the state it came from began, by the clock that told of that", () => {
  const since = (minutes: number) => ({ since: minutesBefore(minutes) });
  expect(toldSince(unpaid, "processing", there(29), push(20), NOW)).toEqual(since(15));
  const toldLate = { ...unpaid, toldSince: minutesBefore(25) };
  expect(toldSince(toldLate, "processing", there(29), push(20), NOW)).toEqual(since(20));
});

it("isn't before what we saw ourselves, whatever the supplier's clock says", () => {
  const seen = { ...unpaid, lastLookedAt: minutesBefore(1) };
  const since = { since: minutesBefore(1) };
  expect(toldSince(seen, "processing", there(), push(8), NOW)).toEqual(since);
  // A look saw it come here: nobody needs to be told.
  const noted = { ...seen, status: "processing" } as const;
  expect(toldSince(noted, "processing", there(), push(8), NOW)).toEqual({});
});

it.each([
  ["before we placed it", 45, minutesBefore(30)],
  ["in the future", -10, undefined],
])("isn't believed %s", (_, toldMinutesAgo, since) => {
  const told = toldSince(unsure, "processing", there(toldMinutesAgo), push(null), NOW);
  expect(told.since).toEqual(since);
});

it("is only asked of news that tell where an open order stands", () => {
  const told = push(20);
  expect(toldSince(unsure, "processing", there(20), { ...told, source: "look" }, NOW)).toEqual({});
  expect(toldSince(unsure, "processing", there(), push(null), NOW)).toEqual({});
  expect(
    toldSince(unsure, "awaiting_payment", { state: "unknown", createdAt: null }, told, NOW),
  ).toEqual({});
  const done = { state: "completed" as const, createdAt: minutesBefore(20) };
  expect(toldSince(unsure, "completed", done, told, NOW)).toEqual({});
});
