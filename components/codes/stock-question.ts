import type { StockRow } from "#lib/codes/types.ts";

/** What a person is about to do on the inventory page. */
export type StockQuestion =
  | { kind: "hand_out"; row: StockRow }
  | { kind: "low_line"; row: StockRow }
  /** `value`: what was typed elsewhere. */
  | { kind: "find"; value: string };
