import type { SealingKey } from "./sealing-keys.ts";

/** A key that went through `wrap`. */
export type WrappedKey = {
  /** The outside key that wraps it. */
  by: string;
  wrapped: string;
};

/**
 * Where the outside keys are: those that wrap data keys and never reach the database. Environment and file
 * are shipped; a key management service fits in by `wrap` and `unwrap` alone.
 */
export type KeySource = {
  /**
   * Wraps with the key that comes first now.
   * @param boundTo names the row that it will stand in; it unwraps for no other
   */
  wrap(key: Buffer, boundTo: string): Promise<WrappedKey>;
  /** Rejects with a `SealError` whose sentence says what to do where the outside key isn't configured. */
  unwrap(key: WrappedKey, boundTo: string): Promise<Buffer>;
  /**
   * The outside keys themselves, first to last: they sealed before there were data keys. None where they
   * can't be had, as from a service that keeps them to itself.
   */
  bareKeys(): Promise<readonly SealingKey[]>;
};
