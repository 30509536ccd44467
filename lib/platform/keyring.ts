/** A key that seals rows, as it is used: not wrapped. */
export type DataKey = { id: string; key: Buffer };

/** The keys of one process. */
export type Keyring = {
  /** What seals now. Asked for every value, so nobody waits for it. */
  current(): DataKey;
  /** The data key of this id. Rejects with a `SealError` where it isn't to be had. */
  dataKey(id: string): Promise<Buffer>;
  /** What sealed by itself before there were data keys, by the outside key's id. Rejects alike. */
  bareKey(id: string): Promise<Buffer>;
  /** Keys the blind index. */
  indexKey: Buffer;
  /** Resolves once `current` was looked up within the last half minute. */
  ready(): Promise<void>;
};
