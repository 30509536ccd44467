import { describe, expect, it } from "vitest";
import { fixedChainKeys } from "./chain-keys.ts";
import { type ChainedEntry, encodeEntry, hashEntry, NOTHING_BEFORE } from "./encode-entry.ts";
import { type ChainInput, type StoredEntry, verifyChain } from "./verify-chain.ts";

const OLD = { id: "old", key: Buffer.alloc(32, 1) };
const NEW = { id: "new", key: Buffer.alloc(32, 2) };
const { find: findKey } = fixedChainKeys(OLD, NEW);

const entryOf = (seq: number, keyId: string): ChainedEntry => ({
  seq: String(seq),
  at: String(1_700_000_000_000 + seq * 977),
  actorKind: "user",
  actorId: `person-${seq % 3}`,
  actorName: "Asha Rao",
  action: seq % 2 ? "code.revealed" : "order.given_up",
  objectKind: "code",
  objectId: `object-${seq % 5}`,
  reason: seq % 4 ? `because of ${seq}` : null,
  details: `{"n": ${seq}}`,
  before: seq % 3 ? `{"x": ${seq}}` : null,
  after: null,
  address: "203.0.113.7",
  agent: null,
  correlationId: `c-${seq}`,
  keyId,
});

/** A chain of so many; the key is turned in the middle. Some numbers were drawn and given up. */
function chainOf(length: number, unchained = 3): StoredEntry[] {
  const entries: StoredEntry[] = [];
  let hash: Uint8Array = NOTHING_BEFORE;
  let seq = 0;
  for (let index = 0; index < length + unchained; index += 1) {
    seq += index % 11 === 10 ? 2 : 1;
    if (index < unchained) {
      entries.push({ ...entryOf(seq, ""), keyId: null, hash: null });
      continue;
    }
    const { id, key } = index < (length + unchained) / 2 ? OLD : NEW;
    const entry = entryOf(seq, id);
    hash = hashEntry(key, hash, entry);
    entries.push({ ...entry, hash });
  }
  return entries;
}

async function* inParts(entries: readonly StoredEntry[], size: number) {
  for (let from = 0; from < entries.length; from += size) yield entries.slice(from, from + size);
}

const headOf = (entries: readonly StoredEntry[]) => {
  const { seq, hash } = entries.at(-1) as StoredEntry;
  return { seq, hash: hash as Uint8Array };
};

const verify = (
  entries: readonly StoredEntry[],
  head: ChainInput["head"],
  rest: Partial<ChainInput> = {},
) => verifyChain({ entries: inParts(entries, 7), head: head ?? null, findKey, ...rest });

const at = (entries: readonly StoredEntry[], index: number) => entries[index] as StoredEntry;

/** The same numbers each time. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("encodeEntry", () => {
  const entry = entryOf(8, "old");

  it("has one spelling", () => {
    expect(encodeEntry({ ...entry, reason: "ärger, 3:x", before: null })).toBe(
      '1:8,13:1700000007816,4:user,8:person-2,8:Asha Rao,14:order.given_up,4:code,8:object-3,11:ärger, 3:x,8:{"n": 8},-,-,11:203.0.113.7,-,3:c-8,3:old',
    );
  });

  it("gives no two entries the same, wherever what is said stands, and whatever it looks like", () => {
    const texts = [null, "", "-", ",", "0:", "1:a", "a", "1:a,-", "-,-", "a,1:a", "null", "\n"];
    const fields = ["reason", "before", "after", "address", "agent", "correlationId"] as const;
    const seen = new Map<string, string>();
    const random = seeded(4);
    for (let round = 0; round < 20_000; round += 1) {
      const values = fields.map((field) => [field, texts[random(texts.length)] ?? null]);
      const same = JSON.stringify(values);
      const encoded = encodeEntry({ ...entry, ...Object.fromEntries(values) });
      expect(seen.get(encoded) ?? same).toBe(same);
      seen.set(encoded, same);
    }
    expect(seen.size).toBeGreaterThan(15_000);
  });
});

it("hashes as it did when this was written", () => {
  const hash = hashEntry(OLD.key, NOTHING_BEFORE, entryOf(8, "old"));
  expect(hash.toString("hex")).toBe(
    "ec581d35c2b6b574a6b40648645d6f92949e4d51b60fe7e157ed69ab3b87078c",
  );
  expect(hashEntry(OLD.key, hash, entryOf(9, "old")).toString("hex")).toBe(
    "c6fde7e101fa7e80de1aa83e595e6d4af4ccf2bd43dacef2279fd82420db4cb3",
  );
});

describe("verifyChain", () => {
  const chain = chainOf(60);
  const head = headOf(chain);

  it("finds a whole chain good, over a turn of the key, and what is older than it", async () => {
    expect(await verify(chain, head)).toEqual({
      ok: true,
      verified: 60,
      unchained: 3,
      last: { seq: head.seq, hash: Buffer.from(head.hash).toString("hex") },
      broken: null,
    });
    expect((await verify([], null)).ok).toBe(true);
    expect((await verify([], { seq: "0", hash: NOTHING_BEFORE })).ok).toBe(true);
  });

  it("goes on from an entry that was good", async () => {
    const { seq, hash } = at(chain, 20);
    const since = { seq, hash: hash as Uint8Array };
    expect(await verify(chain.slice(21), head, { since })).toMatchObject({
      ok: true,
      verified: 42,
    });
    const other = { seq, hash: Buffer.alloc(32) };
    const { broken } = await verify(chain.slice(21), head, { since: other });
    expect(broken).toMatchObject({ seq: at(chain, 21).seq });
  });

  const broken = async (
    entries: readonly StoredEntry[],
    end: ChainInput["head"] = head,
    rest: Partial<ChainInput> = {},
  ) => (await verify(entries, end, rest)).broken;

  it("says what became of which", async () => {
    const without = chain.filter((_, index) => index !== 30);
    expect(await broken(without)).toEqual({ seq: at(chain, 31).seq, why: "missing" });

    const edited = chain.with(30, { ...at(chain, 30), reason: "another" });
    expect(await broken(edited)).toEqual({ seq: at(chain, 30).seq, why: "changed" });

    const extra = { ...at(chain, 30), seq: "9999", hash: Buffer.alloc(32, 7) };
    const gap = chain.findIndex(
      ({ seq }, index) => Number(chain[index + 1]?.seq) === Number(seq) + 2,
    );
    const inGap = { ...extra, seq: String(Number(at(chain, gap).seq) + 1) };
    expect(await broken(chain.toSpliced(gap + 1, 0, inGap))).toEqual({
      seq: inGap.seq,
      why: "inserted",
    });

    const { seq: first } = at(chain, 30);
    const { seq: second } = at(chain, 31);
    const swapped = chain
      .with(30, { ...at(chain, 31), seq: first })
      .with(31, { ...at(chain, 30), seq: second });
    expect(await broken(swapped)).toEqual({ seq: first, why: "reordered" });

    const bare = chain.with(30, { ...at(chain, 30), hash: null, keyId: null });
    expect(await broken(bare)).toEqual({ seq: first, why: "unchained" });
    const foreign = chain.with(30, { ...at(chain, 30), keyId: "other" });
    expect(await broken(foreign)).toEqual({ seq: first, why: "unknown_key" });
  });

  it("misses what is gone at the end", async () => {
    const cut = chain.slice(0, -4);
    expect(await broken(cut)).toEqual({ seq: at(chain, 58).seq, why: "head_ahead" });
    expect(await broken([])).toEqual({ seq: "0", why: "head_ahead" });
    expect(await broken(chain, null)).toEqual({ seq: at(chain, 3).seq, why: "head_missing" });
    expect(await broken(chain, headOf(cut))).toEqual({
      seq: at(chain, 59).seq,
      why: "head_behind",
    });
    const other = { ...head, hash: Buffer.alloc(32) };
    expect(await broken(chain, other)).toEqual({ seq: head.seq, why: "head_differs" });
  });

  it("holds it against what was noted outside", async () => {
    const anchors = [headOf(chain.slice(0, 20)), head];
    expect(await broken(chain, head, { anchors })).toBeNull();
    // The head was cut back together with the entries.
    const cut = chain.slice(0, -4);
    expect(await broken(cut, headOf(cut), { anchors })).toEqual({
      seq: head.seq,
      why: "anchor_missing",
    });
    const { seq } = at(chain, 19);
    expect(await broken(chain, head, { anchors: [{ seq, hash: Buffer.alloc(32) }] })).toEqual({
      seq,
      why: "anchor_differs",
    });
    // Somebody with the key wrote all of it anew.
    const forged = chainOf(62, 1);
    expect(await broken(forged, headOf(forged), { anchors })).toMatchObject({
      why: "anchor_differs",
    });
  });

  it("takes no key again that was given up", async () => {
    const entry = entryOf(Number(head.seq) + 1, OLD.id);
    const forged = { ...entry, hash: hashEntry(OLD.key, head.hash, entry) };
    expect(await broken([...chain, forged], { seq: entry.seq, hash: forged.hash })).toEqual({
      seq: entry.seq,
      why: "old_key",
    });
  });

  it("says nothing of the chain where a key of ours doesn't open", async () => {
    const closed = () => Promise.reject(new Error("not configured"));
    await expect(verify(chain, head, { findKey: closed })).rejects.toThrow("not configured");
  });

  it("finds every one of 5,000 random tamperings, and names an entry that is not before it", async () => {
    const random = seeded(20_261_122);
    const text = ["actorName", "action", "objectId", "details", "at", "actorKind"] as const;
    const optional = ["actorId", "reason", "before", "after", "address", "agent"] as const;
    const kinds = new Map<string, number>();
    let undetected = 0;
    for (let round = 0; round < 5_000; round += 1) {
      const entries = [...chain];
      let end: { seq: string; hash: Uint8Array } = head;
      const first = 3 + random(60);
      let earliest = first;
      const kind = ["edit", "clear", "delete", "insert", "swap", "hash", "cut", "move"][random(8)];
      const entry = at(entries, first);
      if (kind === "edit") {
        const field = text[random(text.length)] ?? "details";
        entries[first] = { ...entry, [field]: `${entry[field]}${random(10)}` };
      } else if (kind === "clear") {
        const field = optional[random(optional.length)] ?? "reason";
        entries[first] = { ...entry, [field]: entry[field] === null ? "" : null };
      } else if (kind === "delete") {
        entries.splice(first, 1 + random(5));
      } else if (kind === "insert") {
        const copied = at(entries, 3 + random(60));
        entries.splice(first, 0, { ...copied, seq: entry.seq });
      } else if (kind === "swap") {
        const second = 3 + ((first - 3 + 1 + random(58)) % 60);
        earliest = Math.min(first, second);
        const other = at(entries, second);
        entries[first] = { ...other, seq: entry.seq };
        entries[second] = { ...entry, seq: other.seq };
      } else if (kind === "hash") {
        const hash = Buffer.from(entry.hash as Uint8Array);
        const byte = random(32);
        hash.writeUInt8(hash.readUInt8(byte) ^ (1 << random(8)), byte);
        entries[first] = { ...entry, hash };
      } else if (kind === "cut") {
        entries.splice(first);
        // Half of them take the head along: only what was noted outside knows.
        const last = entries.at(-1);
        if (random(2) && last?.hash) end = { seq: last.seq, hash: last.hash };
      } else {
        entries.splice(first, 1);
        const place = 3 + ((first - 3 + 1 + random(57)) % 59);
        entries.splice(place, 0, entry);
        if (place === first) entries[first] = { ...entry, details: "{}" };
        earliest = Math.min(first, place);
      }
      kinds.set(kind ?? "", (kinds.get(kind ?? "") ?? 0) + 1);
      const found = await broken(entries, end, { anchors: [head] });
      if (found === null) undetected += 1;
      // All before the tampering is good; where nothing is after it, the last good one is named.
      else if (kind !== "cut" && kind !== "insert") {
        const index = entries.findIndex(({ seq }) => seq === found.seq);
        expect(index === -1 || index >= earliest - 1).toBe(true);
      }
    }
    expect(undetected).toBe(0);
    expect(Math.min(...kinds.values())).toBeGreaterThan(500);
  });
});
