import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Tx } from "#lib/platform/db.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  claimDueGate,
  freezeGate,
  type GateKey,
  isAdmitted,
  keepFrozen,
  lockHeldGate,
  thawGate,
  wakeGate,
} from "./gates.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
let key: GateKey;
let gates = 0;

beforeEach(async () => {
  await db.placementGate.deleteMany();
  key = { supplierId, fingerprint: `basket-${++gates}` };
});

const within = <T>(act: (tx: Tx) => Promise<T>) => db.$transaction(act);
const admitted = (to = key) => within((tx) => isAdmitted(tx, to));
const freeze = (to = key) => within((tx) => freezeGate(tx, ctx, to));
const thaw = (to = key) => within((tx) => thawGate(tx, to));
const gate = () => db.placementGate.findUniqueOrThrow({ where: { supplierId_fingerprint: key } });
/** Milliseconds until the gate is looked into, by the database's clock. */
async function dueInMs(): Promise<number> {
  const [row] = await db.$queryRaw<{ ms: number }[]>`
    select (extract(epoch from next_pass_at - now()) * 1000)::float8 as ms
    from placement_gates where fingerprint = ${key.fingerprint}`;
  return row?.ms ?? Number.NaN;
}
const makeDue = () =>
  db.$executeRaw`update placement_gates set next_pass_at = now() - interval '1 second' where next_pass_at is not null`;
const claim = async () => (await claimDueGate(ctx)) ?? expect.fail("no gate is due");
const WAIT = { waitsFor: "second_pass", why: null, inMs: 30_000 } as const;

/** A transaction that stops where the test wants it, and goes on when it is told to. */
function held<T>(act: (tx: Tx, pause: () => Promise<void>) => Promise<T>) {
  let goOn: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const done = within((tx) =>
    act(tx, () => {
      arrive();
      return told;
    }),
  );
  return { arrived, goOn, done };
}

/** Somebody in this database waits for a lock. */
const somebodyWaits = () =>
  expect
    .poll(
      async () =>
        (
          await db.$queryRaw<unknown[]>`
            select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
        ).length,
      { interval: 5 },
    )
    .toBe(1);

describe("an open gate", () => {
  it("admits, also a basket that was never sent before", async () => {
    expect(await admitted()).toBe(true);
    expect(await admitted()).toBe(true);
    expect(await gate()).toMatchObject({ frozenAt: null, nextPassAt: null, waitsFor: null });
  });

  it("admits several at once: none waits for the other", async () => {
    await admitted();
    const one = held(async (tx, pause) => {
      const is = await isAdmitted(tx, key);
      await pause();
      return is;
    });
    await one.arrived;
    expect(await Promise.all([admitted(), admitted()])).toEqual([true, true]);
    one.goOn();
    expect(await one.done).toBe(true);
  });

  it("is one for each account and basket", async () => {
    const other = await db.supplier.create({ data: { slug: ctx.newId(), kind: "x", name: "X" } });
    await freeze();
    expect(await admitted()).toBe(false);
    expect(await admitted({ ...key, fingerprint: "another" })).toBe(true);
    expect(await admitted({ ...key, supplierId: other.id })).toBe(true);
  });

  it("is left alone by a wake-up", async () => {
    await admitted();
    await within((tx) => wakeGate(tx, key));
    expect(await gate()).toMatchObject({ frozenAt: null, nextPassAt: null });
    expect(await claimDueGate(ctx)).toBeNull();
  });
});

describe("freezing", () => {
  it("waits for whoever is just admitted, and then sees its attempt (I3)", async () => {
    await admitted();
    const { order } = await createOrder(db, supplierId, {
      status: "submitting",
      supplierOrderId: null,
    });
    const sender = held(async (tx, pause) => {
      expect(await isAdmitted(tx, key)).toBe(true);
      await pause();
      await tx.orderAttempt.create({
        data: { id: ctx.newId(), orderId: order.id, kind: "create", startedAt: clock.now() },
      });
    });
    await sender.arrived;
    let seen: number | null = null;
    const freezing = within(async (tx) => {
      await freezeGate(tx, ctx, key);
      seen = await tx.orderAttempt.count({ where: { orderId: order.id } });
    });
    await somebodyWaits();
    expect(seen).toBeNull();
    sender.goOn();
    await Promise.all([sender.done, freezing]);
    expect(seen).toBe(1);
    expect(await admitted()).toBe(false);
  });

  it("is waited for by whoever wants to be admitted, who then isn't", async () => {
    const freezing = held(async (tx, pause) => {
      await freezeGate(tx, ctx, key);
      await pause();
    });
    await freezing.arrived;
    const wanting = admitted();
    await somebodyWaits();
    freezing.goOn();
    expect(await wanting).toBe(false);
    await freezing.done;
  });

  it("is undone with its transaction", async () => {
    await admitted();
    const failing = within(async (tx) => {
      await freezeGate(tx, ctx, key);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await admitted()).toBe(true);
  });

  it("has the gate looked into at once, again and again, and keeps since when it is frozen", async () => {
    await freeze();
    const first = await gate();
    expect(first).toMatchObject({ frozenAt: clock.now(), waitsFor: "outstanding" });
    await within(async (tx) => keepFrozen(tx, await claim(), { ...WAIT, inMs: 600_000 }));
    expect(await dueInMs()).toBeGreaterThan(590_000);
    clock.advance(60_000);
    await freeze();
    expect(await dueInMs()).toBeLessThanOrEqual(0);
    expect(await gate()).toMatchObject({ frozenAt: first.frozenAt, waitsFor: "second_pass" });
  });

  it("once, by however many at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => freeze()));
    expect(await db.placementGate.count({ where: { fingerprint: key.fingerprint } })).toBe(1);
  });
});

describe("thawing", () => {
  it("admits again, and leaves nothing of the freeze", async () => {
    await freeze();
    await claim();
    await thaw();
    expect(await gate()).toMatchObject({
      frozenAt: null,
      nextPassAt: null,
      waitsFor: null,
      waitsWhy: null,
      leaseToken: null,
      leaseUntil: null,
    });
    expect(await admitted()).toBe(true);
    await freeze();
    expect(await gate()).toMatchObject({ waitsFor: "outstanding" });
  });
});

describe("looking into a frozen gate", () => {
  it("is done by one at a time, the longest overdue first", async () => {
    const keys = [key, { ...key, fingerprint: "b" }, { ...key, fingerprint: "c" }];
    for (const one of keys) await freeze(one);
    await db.$executeRaw`update placement_gates set next_pass_at = now() - interval '1 hour' where fingerprint = 'c'`;
    expect((await claim()).fingerprint).toBe("c");
    const rest = await Promise.all(Array.from({ length: 6 }, () => claimDueGate(ctx)));
    const taken = rest.flatMap((one) => one?.fingerprint ?? []);
    expect(taken.sort()).toEqual(["b", key.fingerprint].sort());
    expect(await claimDueGate(ctx)).toBeNull();
  });

  it("is taken over once the lease of whoever died has run out", async () => {
    await freeze();
    const dead = await claim();
    expect(await claimDueGate(ctx)).toBeNull();
    await db.$executeRaw`
      update placement_gates set lease_until = now() - interval '1 second', next_pass_at = now() - interval '1 second'`;
    const next = await claim();
    expect(next.leaseToken).not.toBe(dead.leaseToken);
    // The first one is not dead after all, and finds that it has lost it.
    expect(await within((tx) => lockHeldGate(tx, dead))).toBe(false);
    await within((tx) => keepFrozen(tx, dead, { ...WAIT, waitsFor: "person" }));
    expect(await gate()).toMatchObject({ waitsFor: "outstanding", leaseToken: next.leaseToken });
    expect(await within((tx) => lockHeldGate(tx, next))).toBe(true);
  });

  it("notes why it stays frozen, until when, and gives the gate back", async () => {
    await freeze();
    const wait = { waitsFor: "person", why: "too many", inMs: 300_000 } as const;
    await within(async (tx) => keepFrozen(tx, await claim(), wait));
    expect(await gate()).toMatchObject({
      waitsFor: "person",
      waitsWhy: "too many",
      leaseToken: null,
      leaseUntil: null,
    });
    expect(await dueInMs()).toBeGreaterThan(295_000);
    expect(await claimDueGate(ctx)).toBeNull();
    await within((tx) => wakeGate(tx, key));
    await claim();
  });

  it("freezes nothing anew that was opened meanwhile", async () => {
    await freeze();
    const own = await claim();
    await thaw();
    expect(await within((tx) => lockHeldGate(tx, own))).toBe(false);
    await within((tx) => keepFrozen(tx, own, WAIT));
    expect(await admitted()).toBe(true);
  });

  it("keeps others from admitting, freezing and deciding while it decides", async () => {
    await freeze();
    const own = await claim();
    const deciding = held(async (tx, pause) => {
      expect(await lockHeldGate(tx, own)).toBe(true);
      await pause();
      await thawGate(tx, key);
    });
    await deciding.arrived;
    const wanting = admitted();
    await somebodyWaits();
    deciding.goOn();
    await deciding.done;
    expect(await wanting).toBe(true);
  });

  it("isn't due before its time by the database's clock, whatever the time is here", async () => {
    await freeze();
    await within(async (tx) => keepFrozen(tx, await claim(), WAIT));
    clock.advance(3_600_000);
    expect(await claimDueGate(ctx)).toBeNull();
    await makeDue();
    await claim();
  });
});
