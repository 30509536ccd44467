/** What goes along with an event to endpoints that get more than its thin form. Held in memory only. */

/** Where an order's codes can be opened, once. */
export type ClaimedAt = { url: string; expiresAt: string };

/** A code in plaintext, with those of its parts that have a name. */
export type TellableCode = {
  codeId: string;
  value: string;
  code?: string;
  pin?: string;
  serial?: string;
  expiry?: string;
  url?: string;
  esim?: Record<string, unknown>;
  others?: { label: string; text: string }[];
};

/** What can't be told, and why. */
export type NoMaterial = {
  kind: "none";
  why: /** Nothing is stored, or nothing that a customer may have. */
    | "no_codes"
    /** The order names no customer: it was bought for stock. */
    | "for_stock"
    /** The endpoint asks for some products only, and a link would open others as well. */
    | "other_products"
    /** Somebody gave them to the customer otherwise. */
    | "given_otherwise"
    /** The order came to nothing, and its codes with it. */
    | "withheld"
    /** The link was taken back, or locked by wrong PINs. */
    | "revoked";
};

export type Material =
  | ({ kind: "claim" } & ClaimedAt)
  /** By item. */
  | { kind: "codes"; codes: ReadonlyMap<string, TellableCode[]> }
  | NoMaterial;
