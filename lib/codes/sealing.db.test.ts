import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { SealError } from "#lib/platform/gcm.ts";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { dumpOf, spellingsOf } from "#prisma/dump.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openCode, openConflict, placeOf } from "./code-seal.ts";
import { rotateKeys } from "./rotate-keys.ts";
import { coreOf, openAll, openSources, tamper } from "./sealed.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const outside = { id: "one", key: randomBytes(32) };
const source = localKeySource([outside], "KEYHOLD_SEALING_KEYS");
const core = coreOf(db);
const sealer = await openSealer(core, source);
const { sources, store } = await openSources(db);

/** Long enough that none of its spellings stands in a dump by chance. */
const CODES = ["CANARY-7Q2M-XK7P-MM41", "КАНАРЕЙКА-🔑-7731", "pin 0042 4711 9931 4242"];
const LATER = "CANARY-LATER-88X1-PQ";

async function expectSealed(): Promise<void> {
  const everything = await dumpOf(db);
  expect(everything).toContain("v2|");
  for (const value of [...CODES, LATER]) {
    for (const spelling of spellingsOf(value)) expect(everything).not.toContain(spelling);
  }
  for (const spelling of ["hex", "base64", "base64url"] as const) {
    expect(everything).not.toContain(outside.key.toString(spelling));
  }
}

describe("a dump of the database", () => {
  it("has no code in it, however it is spelt, before and after the keys are turned", async () => {
    for (const value of CODES) {
      await store(sealer, sources.order, value, [`${LATER} ${value}`]);
      await store(sealer, sources.import, value);
    }
    await expectSealed();
    const given = { others: [], wait: async () => undefined, tell: () => undefined };
    await rotateKeys(core, source, { kind: "job", name: "test" }, given);
    await expectSealed();
    expect(new Set(await openAll(db, sealer))).toEqual(
      new Set(CODES.flatMap((value) => [value, `${LATER} ${value}`])),
    );
  });

  it("would show one that stood there in the open", async () => {
    await tamper(db, `update codes set mask = '${Buffer.from(CODES[0] ?? "").toString("base64")}'`);
    await expect(expectSealed()).rejects.toThrow();
  });
});

describe("a stored seal", () => {
  it("opens in no other row and no other column", async () => {
    const ids = [
      await store(sealer, sources.order, "one", ["one-later"]),
      await store(sealer, sources.order, "two"),
      await store(sealer, sources.import, "three", ["three-later"]),
    ];
    const rows = await db.code.findMany({
      where: { id: { in: ids } },
      include: { conflicts: true },
    });
    const conflicts = rows.flatMap((row) => row.conflicts);
    const seals = [...rows, ...conflicts];
    for (const { id: own, sealed } of seals) {
      for (const row of rows) {
        const opening = openCode(sealer, placeOf(row), sealed);
        if (row.id === own) await opening;
        else await expect(opening).rejects.toThrow(SealError);
      }
      for (const { id, codeId } of conflicts) {
        const opening = openConflict(sealer, { conflictId: id, codeId }, sealed);
        if (id === own) await opening;
        else await expect(opening).rejects.toThrow(SealError);
      }
    }
  });

  it("opens in its row no more when the row is given another source or position", async () => {
    const id = await store(sealer, sources.order, "four");
    const row = await db.code.findUniqueOrThrow({ where: { id } });
    for (const change of [
      { position: row.position + 1 },
      { itemId: row.orderId },
      { orderId: row.itemId },
      { orderId: null, itemId: null, importId: row.orderId },
    ]) {
      const opening = openCode(sealer, placeOf({ ...row, ...change }), row.sealed);
      await expect(opening).rejects.toThrow(SealError);
    }
  });
});
