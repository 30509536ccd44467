import { expect, it } from "vitest";
import { dayStarts } from "./days.ts";

const iso = (dates: Date[]) => dates.map((date) => date.toISOString());

it("begins days where the reader's clock does, today last", () => {
  const now = new Date("2026-11-22T20:00:00.000Z");
  expect(iso(dayStarts(now, "Asia/Kolkata", 2))).toEqual([
    "2026-11-21T18:30:00.000Z",
    "2026-11-22T18:30:00.000Z",
  ]);
});

it("knows days of 23 and 25 hours", () => {
  expect(iso(dayStarts(new Date("2026-03-30T12:00:00.000Z"), "Europe/Berlin", 3))).toEqual([
    "2026-03-27T23:00:00.000Z",
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
  expect(iso(dayStarts(new Date("2026-10-26T12:00:00.000Z"), "Europe/Berlin", 3))).toEqual([
    "2026-10-23T22:00:00.000Z",
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
  ]);
});

it("knows days that don't begin at midnight", () => {
  const now = new Date("2018-11-04T12:00:00.000Z");
  // That night summer began in São Paulo: from midnight to one o'clock.
  expect(iso(dayStarts(now, "America/Sao_Paulo", 1))).toEqual(["2018-11-04T03:00:00.000Z"]);
});
