import { createCipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bareSealingKey } from "#lib/platform/bare-keys.ts";
import type { Db } from "#lib/platform/db.ts";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { Crash, crashingDb } from "./crashing-db.fixture.ts";
import { LATECOMERS_MS, rotateKeys } from "./rotate-keys.ts";
import { coreOf, openAll, openSources, tamper } from "./sealed.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const old = { id: "old", key: randomBytes(32) };
const fresh = { id: "fresh", key: randomBytes(32) };
const before = localKeySource([old], "KEYHOLD_SEALING_KEYS");
const during = localKeySource([fresh, old], "KEYHOLD_SEALING_KEYS");
const after = localKeySource([fresh], "KEYHOLD_SEALING_KEYS");
const ACTOR = { kind: "job", name: "command line" } as const;

const clock = testClock();
const core = coreOf(db, clock.now);
const { sources, store } = await openSources(db);

const INTERRUPTIONS = 20;
const MOST_TRIES = 200;

/** Time passes at once. */
const atOnce = {
  others: [],
  wait: async (ms: number) => clock.advance(ms),
  tell: (): unknown => undefined,
};
const rotate = (given: Partial<typeof atOnce> = {}, by: Db = db) =>
  rotateKeys({ ...core, db: by }, during, ACTOR, { ...atOnce, ...given });
const opened = async (source = after) => openAll(db, await openSealer(core, source));
/** Which keys the stored values name. */
const keysInUse = async () => {
  const rows = await db.$queryRaw<{ key: string }[]>`
    select distinct split_part(sealed, '|', 1) || ' ' || split_part(sealed, '|', 2) as key
    from (select sealed from codes union all select sealed from code_conflicts) sealed`;
  return rows.map(({ key }) => key);
};

beforeEach(async () => {
  const tables = ["data_keys", "key_rotations", "code_conflicts", "codes"];
  await tamper(db, ...tables.map((table) => `delete from ${table}`));
});

/** Codes of an order and of an import, what a place showed later, and one from before data keys. */
async function storeSome(count: number): Promise<string[]> {
  const sealer = await openSealer(core, before);
  for (let number = 0; number < count; number += 1) {
    const source = number % 2 === 0 ? sources.order : sources.import;
    const later = number % 10 === 0 ? [`later-${number}`] : [];
    await store(sealer, source, `code-${number}`, later);
  }
  await storeAsOnce("code-of-old");
  return opened(before);
}

/** Sealed by the outside key itself. */
async function storeAsOnce(value: string) {
  const once = await openSealer(core, before);
  await store(
    {
      ...once,
      seal(text, boundTo) {
        const nonce = randomBytes(12);
        const cipher = createCipheriv("aes-256-gcm", bareSealingKey(old.key), nonce);
        cipher.setAAD(Buffer.from(`v1|old|${boundTo}`));
        const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
        const parts = [nonce, sealed, cipher.getAuthTag()];
        return ["v1", "old", ...parts.map((part) => part.toString("base64url"))].join("|");
      },
    },
    sources.order,
    value,
  );
}

describe("rotateKeys", () => {
  it("brings everything under a new data key, and all keys under the first outside key", async () => {
    const values = await storeSome(30);
    expect(values).toHaveLength(34);
    const index = (await openSealer(core, before)).blindIndex("code");
    const rows = () => db.code.findMany({ omit: { sealed: true }, orderBy: { id: "asc" } });
    const [rest, waits] = [await rows(), [] as number[]];

    const report = await rotate({ wait: async (ms) => void waits.push(ms) });
    expect(report).toMatchObject({ resumed: false, rewrapped: 3, resealed: 34, unopened: [] });
    expect(waits).toEqual([LATECOMERS_MS]);
    expect(await keysInUse()).toEqual([`v2 ${report.dataKeyId}`]);
    expect(await opened()).toEqual(values);
    expect((await openSealer(core, after)).blindIndex("code")).toBe(index);
    expect(await rows()).toEqual(rest);

    const keys = await db.dataKey.findMany({ orderBy: { createdAt: "asc" } });
    expect(keys.map(({ wrappedBy }) => wrappedBy)).toEqual(Array(5).fill("fresh"));
    const retired = keys.filter(({ retiredAt }) => retiredAt !== null);
    expect(retired.map(({ purpose }) => purpose).sort()).toEqual(["audit", "seal"]);
    expect(await db.auditEntry.findMany({ where: { objectId: report.dataKeyId } })).toMatchObject([
      {
        action: "keys.rotated",
        objectKind: "data_key",
        actorName: "command line",
        details: { resealed: 34, rewrapped: 3, unopened: 0 },
      },
    ]);
  });

  it("turns the key again the next time", async () => {
    const values = await storeSome(3);
    const [first, second] = [await rotate(), await rotate()];
    expect(second.dataKeyId).not.toBe(first.dataKeyId);
    expect(await keysInUse()).toEqual([`v2 ${second.dataKeyId}`]);
    expect(await opened()).toEqual(values);
  });

  it("seals anew what came in with the key before, as long as anybody may not have heard", async () => {
    await storeSome(3);
    const stale = await openSealer(core, during);
    const wait = async (ms: number) => {
      await store(stale, sources.order, "late");
      clock.advance(ms);
    };
    const { dataKeyId, resealed } = await rotate({ wait });
    expect(resealed).toBe(6);
    expect(await keysInUse()).toEqual([`v2 ${dataKeyId}`]);
    expect(await opened()).toContain("late");
  });

  it("gives up, to be called again, while a process keeps sealing with an old key", async () => {
    await storeSome(3);
    // Its clock stands still: it never looks for another key.
    const stale = await openSealer({ ...core, now: () => new Date(0) }, during);
    const tell = () => store(stale, sources.order, "stray");
    await expect(rotate({ tell })).rejects.toThrow("start every process again");
    expect(await rotate()).toMatchObject({ resumed: true, unopened: [] });
    expect(await keysInUse()).toHaveLength(1);
  });

  it("passes over what somebody has locked, and comes back to it", async () => {
    const values = await storeSome(5);
    const [locked] = await db.code.findMany({ take: 1 });
    let release: () => void = () => undefined;
    let holding: Promise<unknown> = Promise.resolve();
    await new Promise<void>((isLocked) => {
      holding = db.$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from codes where id = ${locked?.id}::uuid for update`;
        isLocked();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    });
    const waits: number[] = [];
    const { dataKeyId } = await rotate({
      async wait(ms) {
        waits.push(ms);
        if (waits.length < 2) return;
        release();
        await holding;
      },
    });
    expect(waits).toEqual([LATECOMERS_MS, 1_000]);
    expect(await keysInUse()).toEqual([`v2 ${dataKeyId}`]);
    expect(await opened()).toEqual(values);
  });

  it("leaves what doesn't open as it is, and names it", async () => {
    await storeSome(4);
    const [one, two] = await db.code.findMany({ take: 2, orderBy: { id: "asc" } });
    await tamper(db, `update codes set sealed = '${one?.sealed}' where id = '${two?.id}'`);
    const { unopened, dataKeyId } = await rotate();
    expect(unopened).toEqual([two?.id]);
    const { sealed } = await db.code.findUniqueOrThrow({ where: { id: two?.id ?? "" } });
    expect(sealed).toBe(one?.sealed);
    expect(await keysInUse()).toHaveLength(2);
    expect(await keysInUse()).toContain(`v2 ${dataKeyId}`);
  });

  it("does nothing where an outside key is missing", async () => {
    const values = await storeSome(3);
    const given = { ...atOnce };
    await expect(rotateKeys(core, after, ACTOR, given)).rejects.toThrow('by the key "old"');
    expect(await db.keyRotation.count()).toBe(0);
    expect(await opened(before)).toEqual(values);
  });

  it("may be called twice at once: one key comes of it", async () => {
    const values = await storeSome(30);
    const ends = await Promise.allSettled([rotate(), rotate(), rotate()]);
    const reports = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
    for (const end of ends) {
      if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "conflict" });
    }
    expect(reports.length).toBeGreaterThan(0);
    expect(await keysInUse()).toEqual([`v2 ${reports[0]?.dataKeyId}`]);
    expect(await opened()).toEqual(values);
  });
});

it("loses nothing when it is interrupted at twenty random points, while others read and write", async () => {
  const values = new Set(await storeSome(240));
  const problems: unknown[] = [];
  let isOver = false;
  let paused = false;
  let writing: Promise<unknown> = Promise.resolve();

  const moment = () => new Promise((resolve) => setTimeout(resolve, 20));
  /** Processes that were there before the rotation, and know nothing of it. */
  async function read(): Promise<void> {
    const sealer = await openSealer(core, during);
    while (!isOver) {
      const known = [...values];
      try {
        const found = new Set(await openAll(db, sealer));
        problems.push(...known.filter((value) => !found.has(value)));
      } catch (error) {
        problems.push(error);
      }
      await moment();
    }
  }
  async function write(): Promise<void> {
    const sealer = await openSealer(core, during);
    for (let number = 0; !isOver; number += 1) {
      if (!paused) {
        const value = `new-${number}`;
        writing = sealer.ready().then(() => store(sealer, sources.import, value));
        await writing;
        values.add(value);
      }
      await moment();
    }
  }
  /** Nobody's transaction lasts as long as this. */
  async function wait(ms: number): Promise<void> {
    paused = true;
    await writing;
    clock.advance(ms);
    paused = false;
  }
  const others = Promise.all([read(), read(), write()]);

  const counted = crashingDb(db, Number.POSITIVE_INFINITY);
  await rotate({ wait }, counted.db);
  const points = fc.sample(fc.integer({ min: 1, max: counted.steps() }), {
    numRuns: MOST_TRIES,
    seed: 20_261_121,
  });
  // What is left of a rotation is shorter than a whole one: a late point may lie behind its end.
  const brokenOffAt: number[] = [];
  for (const point of points) {
    const end = await rotate({ wait }, crashingDb(db, point).db).catch((error) => error);
    if (end instanceof Crash) brokenOffAt.push(point);
    else expect(end).toMatchObject({ unopened: [] });
    expect(await db.dataKey.count({ where: { purpose: "seal", retiredAt: null } })).toBe(1);
    if (brokenOffAt.length === INTERRUPTIONS) break;
  }
  expect(brokenOffAt).toHaveLength(INTERRUPTIONS);
  expect(new Set(brokenOffAt).size).toBeGreaterThan(INTERRUPTIONS / 2);
  await rotate({ wait });
  const { dataKeyId } = await rotate({ wait });
  isOver = true;
  await others;

  expect(problems).toEqual([]);
  expect(await keysInUse()).toEqual([`v2 ${dataKeyId}`]);
  expect(await db.dataKey.count({ where: { wrappedBy: "old" } })).toBe(0);
  expect(new Set(await opened())).toEqual(values);
}, 120_000);
