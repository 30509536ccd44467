import type { Way } from "#components/codes/delivery.ts";
import type { HandedOutCode } from "#lib/codes/give-codes.ts";
import { SHOWN_SECONDS } from "#lib/codes/reveal-limits.ts";

/** Time to choose a printer, and for the paper to jam once. */
const SLIP_SECONDS = 120;

/** How long a page holds the plain texts of a hand-out at most. */
export const secondsHeld = (way: Exclude<Way, "link">, count: number): number =>
  way === "slip" ? SLIP_SECONDS : count * SHOWN_SECONDS;

/** Without the plain text of one, or of all. What didn't open stays known as such. */
export const withoutPlain = (codes: readonly HandedOutCode[], codeId?: string): HandedOutCode[] =>
  codes.map((code) => {
    const { id, mask, plain } = code;
    return plain && (codeId === undefined || codeId === id) ? { id, mask } : code;
  });

/** Whether every plain text is forgotten; never where there was none. */
export const areForgotten = (codes: readonly HandedOutCode[]): boolean =>
  codes.some(({ plain }) => plain === undefined) && !codes.some(({ plain }) => plain);
