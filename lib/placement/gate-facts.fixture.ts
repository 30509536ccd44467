/** Sends, candidates and listings for tests on what counting concludes. */
import type { Candidate, EarlierPass, UnclearSend } from "./gate-decision.ts";

export const SETTLED = new Date("2026-11-21T06:10:00Z");
export const seconds = (count: number) => new Date(SETTLED.getTime() + count * 1_000);

/** Creates in the order in which they were sent; the word before the colon is the order. */
export const sends = (...words: string[]): UnclearSend[] =>
  words.map((word, at) => ({
    attemptId: word,
    orderId: word.split(":")[0] ?? word,
    at: seconds(-600 + at),
  }));

export const candidates = (...ids: string[]): Candidate[] =>
  ids.map((supplierOrderId, at) => ({
    supplierOrderId,
    createdAt: seconds(-599 + at),
    match: "same",
  }));

/** A complete listing so many seconds after all had settled. */
export const pass = (atS: number, ...ids: string[]): EarlierPass => ({
  at: seconds(atS),
  isComplete: true,
  candidates: ids.sort(),
});
