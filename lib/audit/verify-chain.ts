import { type ChainedEntry, hashEntry, NOTHING_BEFORE } from "./encode-entry.ts";
import type { Break } from "./types.ts";

/** An entry as it stands in the database; null in both where it is older than the chain. */
export type StoredEntry = Omit<ChainedEntry, "keyId"> & {
  keyId: string | null;
  hash: Uint8Array | null;
};

/** Where the chain ends, or ended when it was noted elsewhere. */
export type ChainEnd = { seq: string; hash: Uint8Array };

export type ChainVerdict = {
  ok: boolean;
  /** Entries that are good, and older than the chain. */
  verified: number;
  unchained: number;
  /** The last good one. */
  last: { seq: string; hash: string } | null;
  /** The first that isn't good, or from which on something is gone. */
  broken: { seq: string; why: Break } | null;
};

export type ChainInput = {
  /** By `seq`, in parts of any size. */
  entries: AsyncIterable<readonly StoredEntry[]>;
  /** Null: there is none. Left out: it isn't asked about. */
  head?: ChainEnd | null;
  /** Ends that were noted outside, in any order. */
  anchors?: readonly ChainEnd[];
  /** Rejects where the key is ours and doesn't open: that says nothing of the chain. */
  findKey(id: string): Promise<Buffer | null>;
  /** A good entry from which on it is verified; left out, from the first on. */
  since?: ChainEnd | undefined;
};

/** Follows the chain to its first break. Holds no more than two entries at a time. Pure but for `findKey`. */
export async function verifyChain(input: ChainInput): Promise<ChainVerdict> {
  const { head, since, findKey } = input;
  const anchors = new Map((input.anchors ?? []).map(({ seq, hash }) => [seq, hash]));
  const gaveUp = new Set<string>();
  const good = { verified: 0, unchained: 0 };
  let last: (ChainEnd & { keyId: string | null }) | null = since ? { ...since, keyId: null } : null;

  const verdict = (broken: ChainVerdict["broken"]): ChainVerdict => ({
    ok: broken === null,
    ...good,
    last: last && { seq: last.seq, hash: Buffer.from(last.hash).toString("hex") },
    broken,
  });

  for await (const [entry, next] of inPairs(input.entries)) {
    const { seq } = entry;
    if (entry.hash === null || entry.keyId === null) {
      // Older is what comes before the first chained one; the database takes none behind it (audit_chained).
      if (last) return verdict({ seq, why: "unchained" });
      if (anchors.has(seq)) return verdict({ seq, why: "anchor_differs" });
      good.unchained += 1;
      continue;
    }
    if (head === null) return verdict({ seq, why: "head_missing" });
    if (head && BigInt(seq) > BigInt(head.seq)) return verdict({ seq, why: "head_behind" });
    const key = await findKey(entry.keyId);
    if (key === null) return verdict({ seq, why: "unknown_key" });
    if (!isNext(key, last, entry)) return verdict({ seq, why: whyNot(key, last, entry, next) });
    if (last && last.keyId !== null && last.keyId !== entry.keyId) gaveUp.add(last.keyId);
    if (gaveUp.has(entry.keyId)) return verdict({ seq, why: "old_key" });
    const anchor = anchors.get(seq);
    if (anchor && !isSame(anchor, entry.hash)) return verdict({ seq, why: "anchor_differs" });
    anchors.delete(seq);
    last = { seq, hash: entry.hash, keyId: entry.keyId };
    good.verified += 1;
  }

  const end = last?.seq ?? "0";
  if (head && head.seq !== end) return verdict({ seq: end, why: "head_ahead" });
  if (head && last && !isSame(head.hash, last.hash))
    return verdict({ seq: end, why: "head_differs" });
  const lost = [...anchors.keys()].find((seq) => !since || BigInt(seq) > BigInt(since.seq));
  if (lost !== undefined) return verdict({ seq: lost, why: "anchor_missing" });
  return verdict(null);
}

function isNext(key: Buffer, last: ChainEnd | null, entry: StoredEntry): boolean {
  if (entry.hash === null || entry.keyId === null) return false;
  const written = hashEntry(key, last?.hash ?? NOTHING_BEFORE, { ...entry, keyId: entry.keyId });
  return isSame(written, entry.hash);
}

/** What the one after it, and its number, let one conclude; it isn't good in any case. */
function whyNot(
  key: Buffer,
  last: ChainEnd | null,
  entry: StoredEntry,
  next: StoredEntry | undefined,
): Break {
  if (next && isNext(key, last, next)) return "inserted";
  if (next && isNext(key, last, { ...next, seq: entry.seq })) return "reordered";
  if (last && BigInt(entry.seq) > BigInt(last.seq) + 1n) return "missing";
  return "changed";
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Each entry with the one after it. */
async function* inPairs(
  parts: AsyncIterable<readonly StoredEntry[]>,
): AsyncGenerator<[StoredEntry, StoredEntry | undefined]> {
  let held: StoredEntry | undefined;
  for await (const part of parts) {
    for (const entry of part) {
      if (held) yield [held, entry];
      held = entry;
    }
  }
  if (held) yield [held, undefined];
}
