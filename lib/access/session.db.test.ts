import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Core, systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { createUser, type TestClock, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { endSession, findSession } from "./session.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const { db, drop } = await createTestDatabase();
afterAll(drop);

let clock: TestClock;
let core: Core;
let userId: string;
let sessionId: string;

beforeEach(async () => {
  clock = testClock();
  core = { ...systemCore(db, createLog("error", [])), now: clock.now };
  const user = await createUser(db, { sessionVersion: 3 });
  userId = user.id;
  sessionId = core.newId();
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + 12 * HOUR);
  await db.session.create({
    data: {
      ...{ id: sessionId, userId, version: 3, createdAt, lastUsedAt: createdAt, expiresAt },
      completeAt: createdAt,
    },
  });
});

const find = (active = true) => findSession(core, sessionId, active);
const lastUsedAt = async () =>
  (await db.session.findUniqueOrThrow({ where: { id: sessionId } })).lastUsedAt;

describe("findSession", () => {
  it("names the user as he is now", async () => {
    await db.user.update({ where: { id: userId }, data: { name: "New Name" } });
    expect(await find()).toMatchObject({
      kind: "user",
      id: userId,
      name: "New Name",
      role: "operator",
      sessionId,
    });
  });

  it("knows no session that was never opened", async () => {
    expect(await findSession(core, core.newId(), true)).toBeNull();
  });

  it("takes a session without its second step for nobody's", async () => {
    await db.session.update({ where: { id: sessionId }, data: { completeAt: null } });
    expect(await find()).toBeNull();
  });

  it.each([
    ["was disabled", { disabledAt: new Date() }],
    ["has another role or password since", { sessionVersion: 4 }],
  ])("refuses from the very next request once the user %s", async (_, data) => {
    await db.user.update({ where: { id: userId }, data });
    expect(await find()).toBeNull();
  });

  it("refuses a session that was ended, for good", async () => {
    await endSession(core, sessionId);
    expect(await find()).toBeNull();
    const { revokedAt } = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
    clock.advance(MINUTE);
    await endSession(core, sessionId);
    expect(await db.session.findUniqueOrThrow({ where: { id: sessionId } })).toMatchObject({
      revokedAt,
    });
  });

  it("survives the end of another session", async () => {
    await endSession(core, core.newId());
    expect(await find()).not.toBeNull();
  });

  it("times out after half an hour without use", async () => {
    clock.advance(30 * MINUTE);
    expect(await find(false)).not.toBeNull();
    clock.advance(1);
    expect(await find()).toBeNull();
  });

  it("is kept alive by a person's doing, and only by that", async () => {
    clock.advance(20 * MINUTE);
    await find();
    expect(await lastUsedAt()).toEqual(clock.now());
    clock.advance(20 * MINUTE);
    expect(await find(false)).not.toBeNull();
    expect(await lastUsedAt()).not.toEqual(clock.now());
    clock.advance(20 * MINUTE);
    expect(await find(false)).toBeNull();
  });

  it("writes the time of use down once a minute at most", async () => {
    const opened = clock.now();
    clock.advance(MINUTE);
    await find();
    expect(await lastUsedAt()).toEqual(opened);
    clock.advance(1);
    await find();
    expect(await lastUsedAt()).toEqual(clock.now());
  });

  it("ends after half a day, however much it is used", async () => {
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      clock.advance(20 * MINUTE);
      expect(await find()).not.toBeNull();
    }
    clock.advance(20 * MINUTE);
    expect(await find()).toBeNull();
  });
});
