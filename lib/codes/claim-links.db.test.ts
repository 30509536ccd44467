import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { SIGN_IN_WINDOW_SECONDS } from "#lib/access/sign-in-limits.ts";
import { appendAuditEntries } from "#lib/audit/append-audit-entry.ts";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { CLAIM_DAYS, CLAIM_PIN_TRIES, CLAIM_TRIES_PER_ADDRESS } from "./claim-limits.ts";
import { sealCode } from "./code-seal.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { type ClaimLinkOptions, makeClaimLink, readyLink } from "./make-claim-link.ts";
import { openClaimLink } from "./open-claim-link.ts";
import { peekClaimLink } from "./peek-claim-link.ts";
import { renewClaimLink } from "./renew-claim-link.ts";
import { LINKED_AN_HOUR, LINKED_UNUSUAL } from "./reveal-limits.ts";
import { revokeClaimLink } from "./revoke-claim-link.ts";
import { createCodes, createHandOut, createStockProduct } from "./stock.fixture.ts";
import { codeOf, stockOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const operator = testActor("operator");
const viewer = testActor("viewer");
const REQUEST = { address: "203.0.113.7", correlationId: "c1" };
const DAY_MS = 24 * 3_600_000;
const LIFE = { expiresAt: expect.any(String) };
let handOutId: string;
let stockProductId: string;

beforeEach(async () => {
  await db.signInBucket.deleteMany();
  handOutId = await createHandOut(db, "shop-7");
  ({ id: stockProductId } = await createStockProduct(db, { region: "IN" }));
});

async function handedOut(...values: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const value of values) {
    const [codeId = ""] = await createCodes(db, 1, {
      stockProductId,
      state: "handed_out",
      handOutId,
      customerRef: "shop-7",
    });
    const { importId } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    const place = { codeId, source: { importId: importId ?? "" }, position: 0 };
    await tamper(codeId, sealCode(ctx.sealer, place, { value, raw: value }));
    ids.push(codeId);
  }
  return ids;
}

/** Past the trigger, as somebody with the database in his hands would. */
const tamper = (codeId: string, sealed: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update codes set sealed = ${sealed} where id = ${codeId}::uuid`,
  ]);

async function make(options: ClaimLinkOptions = {}, actor: Actor = operator) {
  const ready = await readyLink(options);
  return db.$transaction((tx) => makeClaimLink(tx, ctx, actor, handOutId, ready, REQUEST));
}
type Asked = { id: unknown; secret: unknown; pin?: unknown };
const open = (asked: Asked, address: string | null = REQUEST.address) =>
  openClaimLink(ctx, { pin: null, ...asked }, { ...REQUEST, address });
const peek = (asked: Asked) => peekClaimLink(ctx, asked, REQUEST.address);
const trail = async () =>
  (await db.auditEntry.findMany({ where: { objectId: handOutId }, orderBy: { seq: "asc" } })).map(
    ({ action, actorKind, actorName, details }) => ({ action, actorKind, actorName, details }),
  );
const actions = async () => (await trail()).map(({ action }) => action);
const rowOf = (id: string) => db.claimLink.findUniqueOrThrow({ where: { id } });

describe("makeClaimLink", () => {
  it("tells the secret once and keeps its hash alone", async () => {
    const link = await make({ pin: "4711" });
    expect(link.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(link.expiresAt).toEqual(new Date(clock.now().getTime() + CLAIM_DAYS * DAY_MS));
    const row = JSON.stringify(await rowOf(link.id));
    expect(row).not.toContain(link.secret);
    expect(row).not.toContain("4711");
    expect(await trail()).toEqual([
      {
        action: "claim_link.made",
        actorKind: "user",
        actorName: "Asha Rao",
        details: { linkId: link.id, expiresAt: link.expiresAt.toISOString(), pin: true },
      },
    ]);
    const { secret } = await make();
    expect(secret).not.toBe(link.secret);
  });

  it.each([
    { pin: "" },
    { pin: "123" },
    { pin: "123456789" },
    { pin: "12a4" },
    { expiresInMs: 0 },
    { expiresInMs: -1 },
    { expiresInMs: Number.NaN },
    { expiresInMs: Number.POSITIVE_INFINITY },
    { expiresInMs: 91 * DAY_MS },
  ])("refuses %j", async (options) => {
    await expect(make(options)).rejects.toMatchObject({ code: "invalid" });
    expect(await db.claimLink.count({ where: { handOutId } })).toBe(0);
  });

  it("is not for viewers", async () => {
    await expect(make({}, viewer)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("peekClaimLink", () => {
  it("tells how it stands, as often as it is asked, and opens nothing", async () => {
    const [codeId] = await handedOut("ONE", "TWO");
    const link = await make({ pin: "4711" });
    for (let n = 0; n < CLAIM_TRIES_PER_ADDRESS + 5; n++) {
      expect(await peek(link)).toEqual({
        kind: "ready",
        codes: 2,
        needsPin: true,
        triesLeft: CLAIM_PIN_TRIES,
        ...LIFE,
      });
    }
    expect(await actions()).toEqual(["claim_link.made"]);
    expect((await db.code.findUniqueOrThrow({ where: { id: codeId } })).revealedAt).toBeNull();
  });
});

describe("openClaimLink", () => {
  it("shows the codes once, and leaves a trace", async () => {
    const ids = await handedOut("ONE", "TWO");
    const link = await make();
    expect(await open(link)).toMatchObject({
      kind: "shown",
      codes: [
        { value: "ONE", region: "IN", guide: null, parts: { code: "ONE" } },
        { value: "TWO", region: "IN" },
      ],
    });
    expect((await trail()).at(-1)).toEqual({
      action: "claim_link.opened",
      actorKind: "customer",
      actorName: "customer",
      details: { linkId: link.id, codes: 2 },
    });
    const again = { kind: "opened", openedAt: clock.now().toISOString() };
    expect(await open(link)).toEqual(again);
    expect(await peek(link)).toEqual(again);
    const codes = await db.code.findMany({ where: { id: { in: ids } } });
    expect(codes.map(({ revealedAt }) => revealedAt)).toEqual([clock.now(), clock.now()]);
  });

  it.each([null, "4711"])("shows them to one of 20 who open it at once (PIN %s)", async (pin) => {
    await handedOut("ONE");
    const link = await make({ pin });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => open({ ...link, pin }, `203.0.113.${n}`)),
    );
    expect(results.filter(({ kind }) => kind === "shown")).toHaveLength(1);
    expect((await actions()).filter((action) => action === "claim_link.opened")).toHaveLength(1);
    expect(await open({ ...link, pin })).toMatchObject({ kind: "opened" });
  });

  it("tells nobody without the secret that there is a link, and isn't spoilt by them", async () => {
    await handedOut("ONE");
    const link = await make({ pin: "4711" });
    const other = await make();
    const wrong: Asked[] = [
      { ...link, secret: other.secret },
      { ...link, secret: "" },
      { ...link, secret: `${link.secret}=` },
      { ...link, secret: null },
      { ...link, secret: { length: 43 } },
      { ...link, secret: "x".repeat(1_000_000) },
      { ...link, id: ctx.newId() },
      { ...link, id: "../x" },
      { ...link, id: null },
      { ...link, id: [link.id] },
    ];
    for (const asked of wrong) {
      expect(await open({ ...asked, pin: "4711" })).toEqual({ kind: "unknown" });
      expect(await peek(asked)).toEqual({ kind: "unknown" });
    }
    expect(await rowOf(link.id)).toMatchObject({ wrongTries: 0, openedAt: null });
    expect(await open({ ...link, pin: "4711" })).toMatchObject({ kind: "shown" });
  });

  it("is over when it expires, not before", async () => {
    await handedOut("ONE");
    const link = await make({ expiresInMs: 10 * 60_000 });
    const late = await make({ expiresInMs: 10 * 60_000 });
    clock.advance(10 * 60_000 - 1);
    expect(await open(link)).toMatchObject({ kind: "shown" });
    clock.advance(1);
    const expired = { kind: "expired", expiredAt: late.expiresAt.toISOString() };
    expect(await open(late)).toEqual(expired);
    expect(await peek(late)).toEqual(expired);
  });

  it("shows no code that turned out bad, and nothing where none is left", async () => {
    const [bad] = await handedOut("BAD", "GOOD");
    const link = await make();
    const late = await make();
    await db.code.update({ where: { id: bad ?? "" }, data: { state: "bad" } });
    const opened = await open(link);
    expect(opened.kind === "shown" && opened.codes.map(({ value }) => value)).toEqual(["GOOD"]);
    await db.code.updateMany({ where: { handOutId }, data: { state: "bad" } });
    expect(await peek(late)).toEqual({ kind: "revoked" });
    expect(await open(late)).toEqual({ kind: "revoked" });
    expect(await rowOf(late.id)).toMatchObject({ openedAt: null });
  });

  it.each(["failed", "refunded"])("shows no code of an order that is %s since", async (status) => {
    const ordered = await stockOf(ctx, [`ONE-${status}`], { status: "processing" });
    const answer = await handOutCodes(
      ctx,
      { ...operator, provedAt: clock.now() } as Actor,
      { customerRef: "shop-7", way: "link", codeIds: [ordered.first] },
      REQUEST,
    );
    const link = answer.kind === "handed_out" ? answer.link : undefined;
    if (!link) throw new Error("No link was made.");
    expect(await peek(link)).toMatchObject({ kind: "ready", codes: 1 });
    await db.$executeRaw`
      update orders set status = ${status}::order_status, next_poll_at = null, finished_at = now()
      where id = ${ordered.orderId}::uuid`;
    expect(await peek(link)).toEqual({ kind: "revoked" });
    expect(await open(link)).toEqual({ kind: "revoked" });
    expect((await codeOf(db, ordered.first)).revealedAt).toBeNull();
  });

  it("isn't used up by a code that is marked bad at the same moment", async () => {
    const [bad] = await handedOut("BAD", "GOOD");
    const link = await make();
    const during = await db.$transaction(async (tx) => {
      await tx.$executeRaw`update codes set state = 'bad' where id = ${bad}::uuid`;
      const pending = open(link);
      pending.catch(() => undefined);
      await vi.waitFor(
        async () => {
          const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
          expect(waiting).toHaveLength(1);
        },
        { timeout: 15_000 },
      );
      return { pending };
    });
    await expect(during.pending).rejects.toMatchObject({ code: "conflict" });
    expect(await open(link)).toMatchObject({ kind: "shown", codes: [{ value: "GOOD" }] });
  });

  it("isn't used up by a row that doesn't open", async () => {
    const [codeId = ""] = await handedOut("ONE");
    const link = await make({ pin: "4711" });
    const { sealed } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    await tamper(codeId, sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA"));
    for (let n = 0; n <= CLAIM_PIN_TRIES; n++) {
      await expect(open({ ...link, pin: "4711" })).rejects.toThrow();
    }
    await tamper(codeId, sealed);
    expect(await open({ ...link, pin: "4711" })).toMatchObject({ kind: "shown" });
  });

  it("gives nothing away, and isn't used up, where its audit entry can't be written", async () => {
    await handedOut("ONE");
    const link = await make();
    await db.$executeRaw`alter table audit_entries add constraint full_disk check (false) not valid`;
    try {
      await expect(open(link)).rejects.toThrow("full_disk");
    } finally {
      await db.$executeRaw`alter table audit_entries drop constraint full_disk`;
    }
    expect(await rowOf(link.id)).toMatchObject({ openedAt: null });
    expect(await open(link)).toMatchObject({ kind: "shown" });
  });
});

describe("a PIN", () => {
  it("is asked for, and what can't be one costs no try", async () => {
    await handedOut("ONE");
    const link = await make({ pin: "4711" });
    for (const pin of [null, undefined, "", "47", "four", {}, 4711, "4".repeat(10_000)]) {
      expect(await open({ ...link, pin })).toEqual({ kind: "pin_needed" });
    }
    expect(await peek(link)).toMatchObject({ triesLeft: CLAIM_PIN_TRIES });
    expect(await open({ ...link, pin: "4712" })).toEqual({
      kind: "wrong_pin",
      triesLeft: CLAIM_PIN_TRIES - 1,
    });
    expect(await peek(link)).toMatchObject({ kind: "ready", triesLeft: CLAIM_PIN_TRIES - 1 });
    expect(await open({ ...link, pin: "47 11" })).toMatchObject({ kind: "shown" });
  });

  it("may be typed with the digits of a Hindi keyboard", async () => {
    await handedOut("ONE");
    const link = await make({ pin: "4711" });
    expect(await open({ ...link, pin: "४७११" })).toMatchObject({ kind: "shown" });
  });

  it("is guessed five times in all, however many guess at once from wherever", async () => {
    await handedOut("ONE");
    const link = await make({ pin: "4711" });
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        open({ ...link, pin: String(5_000 + n) }, `203.0.113.${n}`),
      ),
    );
    const wrong = results.filter(({ kind }) => kind === "wrong_pin");
    expect(wrong).toHaveLength(CLAIM_PIN_TRIES - 1);
    expect(results.filter(({ kind }) => kind === "locked")).toHaveLength(
      30 - (CLAIM_PIN_TRIES - 1),
    );
    expect(await open({ ...link, pin: "4711" })).toEqual({ kind: "locked" });
    expect(await peek(link)).toEqual({ kind: "locked" });
    expect(await trail()).toMatchObject([
      { action: "claim_link.made" },
      {
        action: "claim_link.locked",
        actorKind: "customer",
        details: { linkId: link.id, tries: CLAIM_PIN_TRIES },
      },
    ]);
  });
});

describe("tries of one address", () => {
  it("end after some that led nowhere, and begin anew", async () => {
    await handedOut("ONE");
    const link = await make();
    const guess = { id: link.id, secret: "A".repeat(43) };
    const results = await Promise.all(
      Array.from({ length: CLAIM_TRIES_PER_ADDRESS + 10 }, () => open(guess)),
    );
    expect(results.filter(({ kind }) => kind === "unknown")).toHaveLength(CLAIM_TRIES_PER_ADDRESS);
    const retryAfterSeconds = SIGN_IN_WINDOW_SECONDS;
    expect(await open(link)).toEqual({ kind: "too_many", retryAfterSeconds });
    expect(await peek(link)).toEqual({ kind: "too_many", retryAfterSeconds });
    expect(await open(link, "203.0.113.8")).toMatchObject({ kind: "shown" });
    clock.advance(SIGN_IN_WINDOW_SECONDS * 1_000);
    expect(await open(link)).toMatchObject({ kind: "opened" });
  });

  it("aren't used up by links that open: many customers may share an address", async () => {
    await handedOut("ONE");
    for (let n = 0; n < CLAIM_TRIES_PER_ADDRESS + 5; n++) {
      expect(await open(await make())).toMatchObject({ kind: "shown" });
    }
  });
});

describe("revokeClaimLink", () => {
  const revoke = (linkId: string, actor: Actor = operator) =>
    revokeClaimLink(ctx, actor, linkId, REQUEST);

  it("shuts it from its commit on", async () => {
    await handedOut("ONE");
    const link = await make();
    expect(await revoke(link.id)).toEqual({ kind: "revoked" });
    expect(await open(link)).toEqual({ kind: "revoked" });
    expect(await peek(link)).toEqual({ kind: "revoked" });
    expect(await revoke(link.id)).toEqual({ kind: "too_late", openedAt: null });
    expect(await actions()).toEqual(["claim_link.made", "claim_link.revoked"]);
  });

  it("comes too late for one that was opened; of both at once one wins", async () => {
    await handedOut("ONE");
    for (let n = 0; n < 10; n++) {
      const link = await make();
      const [opened, revoked] = await Promise.all([open(link), revoke(link.id)]);
      const { openedAt, revokedAt } = await rowOf(link.id);
      expect([openedAt, revokedAt].filter((at) => at !== null)).toHaveLength(1);
      expect(opened.kind).toBe(openedAt ? "shown" : "revoked");
      expect(revoked.kind).toBe(openedAt ? "too_late" : "revoked");
    }
  });

  it("is for those who hand out, of links that are there", async () => {
    const link = await make();
    await expect(revoke(link.id, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(revoke(ctx.newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("renewClaimLink", () => {
  const proved = () => ({ ...operator, provedAt: clock.now() }) as Actor;
  const ask = (actor: Actor = proved(), of = handOutId) =>
    renewClaimLink(ctx, actor, of, { pin: "4711" }, REQUEST);
  async function renew() {
    const answer = await ask();
    if (answer.kind !== "made") throw new Error("Capped.");
    return answer.link;
  }

  it("makes another and revokes what could still be opened", async () => {
    await handedOut("ONE");
    const lost = await make();
    const link = await renew();
    expect(await open(lost)).toEqual({ kind: "revoked" });
    expect(await open({ ...link, pin: "4711" })).toMatchObject({ kind: "shown" });
    const next = await renew();
    expect(await open({ ...next, pin: "4711" })).toMatchObject({ kind: "shown" });
  });

  it("leaves one that opens, however many renew at once", async () => {
    await handedOut("ONE");
    const links = await Promise.all(Array.from({ length: 5 }, () => renew()));
    const left = await db.claimLink.count({ where: { handOutId, revokedAt: null } });
    expect(links).toHaveLength(5);
    expect(left).toBe(1);
  });

  it("refuses strangers, who has not proved himself, and where no code is good", async () => {
    await handedOut("ONE");
    await expect(ask(viewer)).rejects.toMatchObject({ code: "forbidden" });
    const old = { ...operator, provedAt: null } as Actor;
    await expect(ask(old)).rejects.toMatchObject({ code: "proof_needed" });
    await expect(ask(proved(), ctx.newId())).rejects.toMatchObject({ code: "not_found" });
    await db.code.updateMany({ where: { handOutId }, data: { state: "bad" } });
    await expect(ask()).rejects.toMatchObject({ code: "conflict" });
  });

  it("counts towards what an hour allows by links, as whoever makes one could open it", async () => {
    const ids = await handedOut("ONE", "TWO", "BAD");
    await db.code.update({ where: { id: ids[2] ?? "" }, data: { state: "bad" } });
    const actor = { ...proved(), id: ctx.newId() } as Actor;
    const subject = actor.kind === "user" ? actor.id : "";
    const first = await make({}, actor);
    expect(await ask(actor)).toMatchObject({ kind: "made" });
    const entries = await db.auditEntry.findMany({
      where: { actorId: subject, action: "code.handed_out" },
      orderBy: { objectId: "asc" },
    });
    expect(entries.map(({ objectId }) => objectId)).toEqual(ids.slice(0, 2).sort());
    expect(entries[0]?.details).toEqual({
      handOutId,
      way: "link",
      customerRef: "shop-7",
      renewed: true,
    });
    expect(await open(first)).toEqual({ kind: "revoked" });

    await noteHandedOut(actor, LINKED_AN_HOUR - 3);
    const links = () => db.claimLink.findMany({ where: { handOutId }, orderBy: { id: "asc" } });
    const before = await links();
    expect(await ask(actor)).toEqual({ kind: "capped", limit: LINKED_AN_HOUR, left: 1 });
    expect(await links()).toEqual(before);
    expect(await db.systemSignal.count({ where: { key: "reveals_unusual", subject } })).toBe(0);

    // With the oldest past the hour it may be made again; others are told of so many.
    clock.advance(3_600_000);
    await noteHandedOut(actor, LINKED_UNUSUAL - 2);
    expect(await ask({ ...actor, provedAt: clock.now() } as Actor)).toMatchObject({ kind: "made" });
    expect(await db.systemSignal.findMany({ where: { subject } })).toMatchObject([
      { key: "reveals_unusual", data: { count: LINKED_UNUSUAL, linked: true } },
    ]);
  });

  const noteHandedOut = (actor: Actor, count: number) =>
    db.$transaction((tx) =>
      appendAuditEntries(
        tx,
        ctx,
        actor,
        Array.from({ length: count }, () => ({
          action: "code.handed_out",
          objectKind: "code" as const,
          objectId: ctx.newId(),
          details: {},
          ...REQUEST,
        })),
      ),
    );
});
