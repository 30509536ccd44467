import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { SCOPES, type Scope } from "#lib/access/permissions.ts";
import { createKey } from "#lib/api/create-key.ts";
import { FAILURES_PER_ADDRESS } from "#lib/api/key-policy.ts";
import { OPERATIONS, scopesFor } from "#lib/api/operations.ts";
import { readKeys } from "#lib/api/read-keys.ts";
import { revokeKey } from "#lib/api/revoke-key.ts";
import { rotateKey } from "#lib/api/rotate-key.ts";
import { createLog } from "#lib/platform/log.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ask, keyWith, serveApi } from "./api.fixture.ts";

const { db, url: databaseUrl, drop } = await createTestDatabase();
const clock = testClock();
const lines: string[] = [];
const log = createLog("debug", [], (line) => lines.push(line));
const ctx = { ...(await testContext(db, scriptedSupplier(), clock)), log };
const api = await serveApi(ctx, databaseUrl);
afterAll(async () => {
  await api.close();
  await drop();
});

const NOWHERE = { address: null, correlationId: null };
const admin = () => ({ ...testActor("admin"), provedAt: clock.now() });
const MINUTE = 60_000;

beforeEach(() => db.apiBucket.deleteMany());

const read = (key: string | null, headers: Record<string, string> = {}) =>
  ask(api.url, key, "/balance", { headers });
const outcome = async (key: string | null, headers: Record<string, string> = {}) => {
  const { status, json } = await read(key, headers);
  return [status, json.code];
};

describe("an API key", () => {
  it("is let in by the header alone, whole and as it is", async () => {
    const { key } = await keyWith(ctx);
    expect(key).toMatch(/^kh_[a-z0-9]{8}_[\w-]{43}$/);
    expect((await read(key)).status).toBe(200);
    expect(await outcome(null)).toEqual([401, "key_missing"]);
    for (const wrong of [`${key}x`, key.slice(0, -1), key.toUpperCase(), "kh_", "x".repeat(500)]) {
      expect(await outcome(wrong)).toEqual([401, "key_invalid"]);
    }
    expect(await outcome(null, { authorization: `Basic ${key}` })).toEqual([401, "key_invalid"]);
    const asQuery = await ask(api.url, null, `/balance?key=${key}`);
    expect(asQuery.status).toBe(401);
    expect(asQuery.headers["www-authenticate"]).toBe("Bearer");
  });

  it("is kept as its hash alone, and named by its prefix", async () => {
    const { id, key } = await keyWith(ctx);
    const [row] = await db.$queryRaw<{ text: string }[]>`
      select row_to_json(k)::text as text from api_keys k where id = ${id}::uuid`;
    expect(row?.text).toContain(key.slice(0, 11));
    expect(row?.text).not.toContain(key.slice(12));
    const audit = await db.auditEntry.findFirstOrThrow({ where: { objectId: id } });
    expect(audit).toMatchObject({ action: "api_key.created", objectKind: "api_key" });
    expect(JSON.stringify(audit.details)).not.toContain(key.slice(12));
  });

  it("stands in no log line", async () => {
    const { key } = await keyWith(ctx, ["orders:write"]);
    await read(key);
    await read(`${key}x`);
    expect(lines.join("")).not.toContain(key.slice(12));
  });

  it("does what its scopes say, and nothing else, on every operation", async () => {
    const { order } = await createOrder(db, ctx.account.id);
    for (const scope of SCOPES) {
      const { key } = await keyWith(ctx, [scope]);
      for (const operation of OPERATIONS) {
        const path = operation.path.replace("{id}", order.id);
        const reply = await ask(api.url, key, path, {
          method: operation.method.toUpperCase(),
          headers: { "idempotency-key": `${scope}-${operation.id}` },
          ...(operation.body ? { body: {} } : {}),
        });
        const isAllowed = scopesFor(operation).includes(scope);
        expect(reply.json.code === "scope_missing", `${scope} ${operation.id}`).toBe(!isAllowed);
        if (!isAllowed) expect(reply.status).toBe(403);
        else expect([200, 409, 422], `${scope} ${operation.id}`).toContain(reply.status);
      }
    }
  });

  it("is refused from the very next request once it is revoked", async () => {
    const { id, key } = await keyWith(ctx);
    expect((await read(key)).status).toBe(200);
    await revokeKey(ctx, admin(), id, NOWHERE);
    expect(await outcome(key)).toEqual([401, "key_revoked"]);
    const [, entry] = await db.auditEntry.findMany({
      where: { objectId: id },
      orderBy: { seq: "asc" },
    });
    expect(entry?.action).toBe("api_key.revoked");
    await revokeKey(ctx, admin(), id, NOWHERE);
    expect(await db.auditEntry.count({ where: { objectId: id } })).toBe(2);
  });

  it("is over when it expires", async () => {
    const { key } = await keyWith(ctx, ["balance:read"], { expiresInDays: 1 });
    clock.advance(24 * 60 * MINUTE - 1);
    expect((await read(key)).status).toBe(200);
    clock.advance(1);
    expect(await outcome(key)).toEqual([401, "key_expired"]);
  });

  it("is rotated with an overlap of a day, and stays the same key", async () => {
    const { id, key } = await keyWith(ctx);
    const second = await rotateKey(ctx, admin(), { id }, NOWHERE);
    expect(second.id).toBe(id);
    expect((await read(key)).status).toBe(200);
    expect((await read(second.key)).status).toBe(200);
    const third = await rotateKey(ctx, admin(), { id }, NOWHERE);
    expect(await outcome(key)).toEqual([401, "key_invalid"]);
    expect((await read(second.key)).status).toBe(200);
    clock.advance(24 * 60 * MINUTE);
    expect(await outcome(second.key)).toEqual([401, "key_invalid"]);
    expect((await read(third.key)).status).toBe(200);
    await revokeKey(ctx, admin(), id, NOWHERE);
    expect(await outcome(third.key)).toEqual([401, "key_revoked"]);
  });

  it("ends the secrets before at once where one has leaked, and stays the same key", async () => {
    const { id, key } = await keyWith(ctx);
    const second = await rotateKey(ctx, admin(), { id }, NOWHERE);
    const third = await rotateKey(ctx, admin(), { id, atOnce: true }, NOWHERE);
    expect(third).toMatchObject({ id, previousUntil: null });
    for (const over of [key, second.key]) expect(await outcome(over)).toEqual([401, "key_invalid"]);
    expect((await read(third.key)).status).toBe(200);
  });

  it("says when it was last used, to the minute", async () => {
    const { id, key } = await keyWith(ctx);
    const at = async () => {
      const row = await db.apiKey.findUniqueOrThrow({ where: { id } });
      return [row.lastUsedAt, row.lastUsedFrom];
    };
    await read(key, { "x-forwarded-for": "203.0.113.7" });
    const first = await at();
    expect(first).toEqual([clock.now(), "203.0.113.7"]);
    clock.advance(MINUTE - 1);
    await read(key);
    expect(await at()).toEqual(first);
    clock.advance(1);
    await read(key);
    expect(await at()).toEqual([clock.now(), "127.0.0.1"]);
  });
});

describe("an allow-list", () => {
  it.each([
    ["203.0.113.7", 200],
    ["203.0.113.8", 403],
    ["::ffff:203.0.113.7", 200],
    ["::ffff:cb00:7107", 200],
    ["0:0:0:0:0:ffff:203.0.113.8", 403],
    ["10.1.2.3:4711", 200],
    ["11.1.2.3", 403],
    ["2001:db8::5", 200],
    ["[2001:db8::5]:443", 200],
    ["2001:db9::5", 403],
    ["2001:db8::5%eth0", 403],
    ["junk", 403],
    // The last one is what our own proxy saw; what stands before it is the client's word.
    ["203.0.113.7, 198.51.100.1", 403],
    ["198.51.100.1, 203.0.113.7", 200],
  ])("of an address, a net of each kind: from %s %d", async (address, status) => {
    const allowedFrom = ["203.0.113.7", "10.0.0.0/8", "2001:db8::/32"];
    const { key } = await keyWith(ctx, ["balance:read"], { allowedFrom });
    const reply = await read(key, { "x-forwarded-for": address });
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.json.code).toBe("address_refused");
  });

  it("takes a wrapped net for what it wraps", async () => {
    const allowedFrom = ["::ffff:10.0.0.0/104"];
    const { key } = await keyWith(ctx, ["balance:read"], { allowedFrom });
    expect((await read(key, { "x-forwarded-for": "10.9.9.9" })).status).toBe(200);
    expect((await read(key, { "x-forwarded-for": "11.9.9.9" })).status).toBe(403);
  });

  it.each(["junk", "10.0.0.0/33", "10.0.0.0/-1", "::1/129", "10.0.0.0/8/8", "fe80::1%eth0"])(
    "can't hold %s",
    async (net) => {
      await expect(keyWith(ctx, ["balance:read"], { allowedFrom: [net] })).rejects.toThrow(
        "allowedFrom",
      );
    },
  );
});

describe("limits", () => {
  it("of a key: so many requests a minute, however parallel, then 429 until the minute is over", async () => {
    const { key } = await keyWith(ctx, ["balance:read"], { ratePerMinute: 5 });
    const replies = await Promise.all(Array.from({ length: 20 }, () => read(key)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(5);
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.json.code).toBe("rate_limited");
    expect(refused?.headers).toMatchObject({
      "retry-after": "60",
      "ratelimit-policy": '"key";q=5;w=60',
      ratelimit: '"key";r=0;t=60',
    });
    clock.advance(MINUTE);
    expect((await read(key)).status).toBe(200);
  });

  it("of an address: refused keys are counted, good ones still come through", async () => {
    const { key } = await keyWith(ctx, ["balance:read"]);
    for (let n = 0; n < FAILURES_PER_ADDRESS; n++) {
      expect((await read("kh_aaaaaaaa_none")).status).toBe(401);
    }
    const refused = await read("kh_aaaaaaaa_none");
    expect([refused.status, refused.json.code]).toEqual([429, "too_many_failures"]);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await read(key)).status).toBe(200);
    expect((await read("kh_none", { "x-forwarded-for": "198.51.100.9" })).status).toBe(401);
    clock.advance(MINUTE);
    expect((await read("kh_aaaaaaaa_none")).status).toBe(401);
  });
});

describe("keys are managed", () => {
  it.each(["lead", "finance", "operator", "viewer"] as const)("by no %s", async (role) => {
    const { id } = await keyWith(ctx);
    const person = { ...testActor(role), provedAt: clock.now() };
    await expect(readKeys(ctx, person)).rejects.toMatchObject({ code: "forbidden" });
    await expect(revokeKey(ctx, person, id, NOWHERE)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rotateKey(ctx, person, { id }, NOWHERE)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("only by somebody who proved himself lately, and by no key", async () => {
    const { id } = await keyWith(ctx);
    const late = { ...testActor("admin"), provedAt: new Date(0) } as ReturnType<typeof testActor>;
    await expect(rotateKey(ctx, late, { id }, NOWHERE)).rejects.toMatchObject({
      code: "proof_needed",
    });
    await expect(revokeKey(ctx, late, id, NOWHERE)).rejects.toMatchObject({ code: "proof_needed" });
    const key = { kind: "key", id, name: "shop", scopes: SCOPES as Scope[] } as const;
    await expect(revokeKey(ctx, key, id, NOWHERE)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("with no more rights than whoever makes them has", async () => {
    const bare = { ...testActor("admin"), provedAt: clock.now(), grants: [] };
    const input = { name: "shop", scopes: ["codes:read"] };
    await expect(createKey(ctx, bare, input, NOWHERE)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await keyWith(ctx, ["codes:read"]);
    await expect(rotateKey(ctx, bare, { id }, NOWHERE)).rejects.toMatchObject({
      code: "forbidden",
    });
    const made = await createKey(ctx, bare, { ...input, scopes: ["orders:read"] }, NOWHERE);
    expect(made.kind).toBe("made");
  });

  it("for a shop's own orders alone: another's are not there", async () => {
    const scopes: Scope[] = ["orders:write", "orders:read", "codes:read"];
    const { id, key } = await keyWith(ctx, scopes, { ownOrdersOnly: true });
    const foreign = await createOrder(db, ctx.account.id, {
      actorKind: "key",
      actorId: ctx.newId(),
    });
    const own = await createOrder(db, ctx.account.id, { actorKind: "key", actorId: id });
    const paths = ["", "/codes", "/cancel", "/claim-link"];
    for (const path of paths) {
      const method = ["/cancel", "/claim-link"].includes(path) ? "POST" : "GET";
      const on = async (orderId: string) =>
        (await ask(api.url, key, `/orders/${orderId}${path}`, { method })).status;
      expect(await on(foreign.order.id), path).toBe(404);
      expect([200, 409], path).toContain(await on(own.order.id));
    }
    const { json } = await ask(api.url, key, "/orders");
    expect(json.data.map((order: { id: string }) => order.id)).toEqual([own.order.id]);
    await expect(keyWith(ctx, ["events:read"], { ownOrdersOnly: true })).rejects.toThrow("scopes");
  });

  it("and shown without what they are", async () => {
    const { key } = await keyWith(ctx, ["codes:read"], { name: "Shown" });
    const views = await readKeys(ctx, admin());
    expect(views.find(({ name }) => name === "Shown")).toMatchObject({
      state: "active",
      scopes: ["codes:read"],
      prefix: key.slice(0, 11),
    });
    expect(JSON.stringify(views)).not.toContain(key.slice(12));
  });
});
