import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

it.each([
  [["a", null, 1, ""], "a,,1,\r\n"],
  [['say "so"', "a,b", "two\nlines", " blank"], '"say ""so""","a,b","two\nlines"," blank"\r\n'],
])("writes %j", (values, line) => expect(csvLine(values)).toBe(line));

it.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1+1",
  "\r=1",
  "\n=1",
  "  =cmd|' /C calc'!A0",
  "|cmd",
  "%0A=1",
  "＝1+1",
  "＋1",
  "\u00a0=1",
])("has %j be no formula", (text) => {
  const line = csvLine([text]);
  const cell = line.startsWith('"') ? line.slice(1) : line;
  expect(cell.startsWith("'")).toBe(true);
});
