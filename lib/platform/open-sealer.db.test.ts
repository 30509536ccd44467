import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { oldIndexKey } from "./bare-keys.ts";
import { keyInUse, wrapNewKey } from "./data-keys.ts";
import { fixedKeyring } from "./fixed-keyring.ts";
import { SealError } from "./gcm.ts";
import type { KeySource } from "./key-source.ts";
import { localKeySource } from "./local-key-source.ts";
import { openKeySource } from "./open-key-source.ts";
import { openSealer } from "./open-sealer.ts";
import { createSealer } from "./seal.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

const one = { id: "one", key: randomBytes(32) };
const two = { id: "two", key: randomBytes(32) };
const clock = testClock();
const source = localKeySource([one], "KEYHOLD_SEALING_KEYS");
const open = (from: KeySource = source) => openSealer({ db, now: clock.now }, from);

const pastTriggers = (statement: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRawUnsafe(statement),
  ]);

beforeEach(() => pastTriggers("delete from data_keys"));

/** As another process does it, in the middle of our work. */
async function turnKey(from: KeySource = source): Promise<string> {
  const key = await wrapNewKey(from, "seal");
  await db.$transaction([
    db.dataKey.updateMany({
      where: { purpose: "seal", retiredAt: null },
      data: { retiredAt: clock.now() },
    }),
    db.dataKey.create({ data: { ...key, createdAt: clock.now() } }),
  ]);
  return key.id;
}

const sealsWith = (sealer: { seal(text: string, to: string): string }) =>
  sealer.seal("", "").split("|")[1];

describe("at the start", () => {
  it("of many processes at once, one makes the keys, and all agree", async () => {
    const sealers = await Promise.all(Array.from({ length: 8 }, () => open()));
    const keys = await db.dataKey.findMany({ orderBy: { purpose: "asc" } });
    expect(keys).toMatchObject([
      { purpose: "audit", wrappedBy: "one", retiredAt: null },
      { purpose: "blind_index", wrappedBy: "one", retiredAt: null },
      { purpose: "seal", wrappedBy: "one", retiredAt: null },
    ]);
    const [first, ...others] = sealers;
    const sealed = first?.seal("code", "row") ?? "";
    for (const other of others) {
      expect(await other.open(sealed, "row")).toBe("code");
      expect(other.blindIndex("code")).toBe(first?.blindIndex("code"));
    }
  });

  it("gives each installation an index of its own", async () => {
    const first = (await open()).blindIndex("code");
    await pastTriggers("delete from data_keys");
    expect((await open()).blindIndex("code")).not.toBe(first);
  });

  it("keeps no key in the open", async () => {
    await open();
    const text = JSON.stringify(await db.dataKey.findMany());
    const row = await db.dataKey.findFirstOrThrow({ where: { purpose: "seal" } });
    const key = await source.unwrap(
      { by: row.wrappedBy, wrapped: row.wrapped },
      `data_keys|${row.id}|seal`,
    );
    expect(key).toHaveLength(32);
    for (const secret of [key, one.key]) {
      for (const spelling of ["hex", "base64", "base64url", "latin1"] as const) {
        expect(text).not.toContain(secret.toString(spelling));
      }
    }
  });

  it("says what to do when the outside key isn't there", async () => {
    await open();
    const other = localKeySource([two], "KEYHOLD_SEALING_KEYS");
    await expect(open(other)).rejects.toThrow(
      'wrapped by the key "one", which isn\'t in KEYHOLD_SEALING_KEYS. Put it back',
    );
    const impostor = localKeySource([{ id: "one", key: two.key }], "KEYHOLD_SEALING_KEYS");
    await expect(open(impostor)).rejects.toThrow(SealError);
  });

  it("refuses wrapped keys that were changed about", async () => {
    await open();
    await pastTriggers(
      `update data_keys k set wrapped = o.wrapped from data_keys o where o.id <> k.id`,
    );
    await expect(open()).rejects.toThrow(SealError);
    await pastTriggers(`update data_keys set wrapped = 'w2' || substr(wrapped, 3)`);
    await expect(open()).rejects.toThrow("known version");
  });
});

describe("a key that was turned by another process", () => {
  it("opens at once what it sealed", async () => {
    const [mine, before] = [await open(), sealsWith(await open())];
    const id = await turnKey();
    const other = await open();
    expect(sealsWith(other)).toBe(id);
    expect(await mine.open(other.seal("code", "row"), "row")).toBe("code");
    expect(sealsWith(mine)).toBe(before);
    expect(await other.open(mine.seal("code", "row"), "row")).toBe("code");
  });

  it("is in use after half a minute, where somebody asked to be ready", async () => {
    const mine = await open();
    const before = sealsWith(mine);
    const id = await turnKey();
    clock.advance(15_000);
    await mine.ready();
    expect(sealsWith(mine)).toBe(before);
    clock.advance(15_001);
    await mine.ready();
    expect(sealsWith(mine)).toBe(id);
  });

  it("is looked up beside the work before that, also where nobody asks", async () => {
    const mine = await open();
    const id = await turnKey();
    clock.advance(25_000);
    sealsWith(mine);
    await expect.poll(() => sealsWith(mine), { interval: 5 }).toBe(id);
  });

  it("keeps back who can't unwrap it, instead of sealing with the old one for ever", async () => {
    const mine = await open();
    const sealed = mine.seal("code", "row");
    const both = localKeySource([two, one], "KEYHOLD_SEALING_KEYS");
    await turnKey(both);
    clock.advance(31_000);
    await expect(mine.ready()).rejects.toThrow('wrapped by the key "two"');
    expect(await mine.open(sealed, "row")).toBe("code");
    const theirs = (await open(both)).seal("code", "row");
    await expect(mine.open(theirs, "row")).rejects.toThrow('wrapped by the key "two"');
  });

  it("doesn't exist: says so, and asks again the next time", async () => {
    const mine = await open();
    const sealed = mine.seal("code", "row");
    const [version, id, ...rest] = sealed.split("|");
    const other = [version, "00000000", ...rest].join("|");
    await expect(mine.open(other, "row")).rejects.toThrow("There is no data key 00000000.");
    const index = await keyInUse(db, "blind_index");
    const misled = [version, index?.id, ...rest].join("|");
    await expect(mine.open(misled, "row")).rejects.toThrow("There is no data key");
    expect(await mine.open([version, id, ...rest].join("|"), "row")).toBe("code");
  });
});

it("goes on with the index that stored codes have, and opens what they were sealed with", async () => {
  await pastTriggers(
    `insert into codes (id, item_id, order_id, position, stock_product_id, is_mock, sealed, blind_index, mask,
       state, state_changed_at, stored_at)
     values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 0, gen_random_uuid(), false,
       'v1|one|n|c|t', 'x', 'x', 'available', now(), now())`,
  );
  const sealer = await open(localKeySource([two, one], "KEYHOLD_SEALING_KEYS"));
  const before = createSealer({ ...fixedKeyring([one]), indexKey: oldIndexKey(one.key) });
  expect(sealer.blindIndex("code")).toBe(before.blindIndex("code"));
  await pastTriggers("delete from codes");
  await expect(
    sealer.open("v1|gone|AAECAwQFBgcICQoL||f-LFaUNX2H7FQeFwp6j8cA", "x"),
  ).rejects.toThrow("The sealing key gone is not configured");
});

describe("keys in a file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "keyhold-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("may get company while the process runs", async () => {
    const path = join(folder, "keys");
    const text = (...keys: (typeof one)[]) =>
      keys.map(({ id, key }) => `${id}:${key.toString("base64")}\n`).join("");
    await writeFile(path, text(one));
    const fromFile = openKeySource({
      DATABASE_URL: url,
      KEYHOLD_SEALING_KEYS: [one],
      KEYHOLD_SEALING_KEYS_FILE: path,
    } as Parameters<typeof openKeySource>[0]);
    const mine = await open(fromFile);
    const id = await turnKey(localKeySource([two, one], "the file"));
    clock.advance(31_000);
    await expect(mine.ready()).rejects.toThrow(`isn't in KEYHOLD_SEALING_KEYS_FILE (${path})`);
    await writeFile(path, text(two, one));
    await mine.ready();
    expect(sealsWith(mine)).toBe(id);
  });
});
