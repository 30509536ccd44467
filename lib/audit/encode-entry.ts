import { createHmac } from "node:crypto";

/**
 * An entry as the chain knows it: every column as the database spells it, so that JSON has one spelling,
 * and what is hashed is what is read back, to the last digit.
 */
export type ChainedEntry = {
  /** Decimal. */
  seq: string;
  /** Milliseconds since 1970, decimal. */
  at: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  action: string;
  objectKind: string;
  objectId: string;
  reason: string | null;
  details: string;
  before: string | null;
  after: string | null;
  address: string | null;
  agent: string | null;
  correlationId: string | null;
  /** Of the key that its hash is made with. */
  keyId: string;
};

/** Their order is part of the encoding: another one is another version. */
const FIELDS = [
  "seq",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "action",
  "objectKind",
  "objectId",
  "reason",
  "details",
  "before",
  "after",
  "address",
  "agent",
  "correlationId",
  "keyId",
] as const satisfies readonly (keyof ChainedEntry)[];

const VERSION = "keyhold audit 1";

/** What the first entry of the chain stands on. */
export const NOTHING_BEFORE = Buffer.alloc(0);

/**
 * One spelling an entry, and no two entries with the same: a fixed list of fields, each with its length in
 * bytes before it, or `-` for none.
 */
export const encodeEntry = (entry: ChainedEntry): string =>
  FIELDS.map((field) => {
    const value = entry[field];
    return value === null ? "-" : `${Buffer.byteLength(value)}:${value}`;
  }).join(",");

/** The entry's hash: over itself and the hash before it, and so over everything before it. */
export function hashEntry(key: Buffer, before: Uint8Array, entry: ChainedEntry): Buffer {
  return createHmac("sha256", key)
    .update(`${VERSION}\n${before.length}:`)
    .update(before)
    .update("\n")
    .update(encodeEntry(entry))
    .digest();
}
