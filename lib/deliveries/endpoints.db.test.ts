import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { announce } from "#lib/events/announce.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import {
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
  testSealer,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { addEndpoint, type NewEndpoint } from "./add-endpoint.ts";
import { openChannels } from "./channels/open-channels.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { editEndpoint } from "./edit-endpoint.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import type { ChannelSecrets } from "./endpoint-schema.ts";
import { openEndpoint } from "./open-endpoint.ts";
import { readEndpoint } from "./read-endpoint.ts";
import { readEndpointHealth } from "./read-endpoint-health.ts";
import { readEndpoints } from "./read-endpoints.ts";
import { rotateSecret } from "./rotate-secret.ts";

const { db, drop } = await createTestDatabase();
const clock = testClock();
/** Names of a world with two hosts. */
const ADDRESSES: Record<string, string> = {
  "shop.keyhold-test.com": "93.184.216.34",
  "other.keyhold-test.com": "93.184.216.35",
  "inside.keyhold-test.com": "10.0.0.7",
};
const guard = createOutboundGuard({
  allowPrivate: false,
  privateHosts: [],
  resolve: async (name: string) => {
    const address = ADDRESSES[name];
    if (!address) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    return [address];
  },
} as unknown as Parameters<typeof createOutboundGuard>[0]);
const channels = openChannels({ guard });
const ctx: EndpointContext = {
  ...(await testContext(db, scriptedSupplier(), clock)),
  channels,
  guard,
};
const admin = testActor("admin");
const REQUEST = { address: "203.0.113.7", correlationId: "c1" };
let count = 0;

afterAll(async () => {
  await channels.close();
  await drop();
});
beforeEach(() => {
  count++;
  clock.advance(1_000);
});

const webhook = (wish: Partial<NewEndpoint> = {}): NewEndpoint => ({
  channel: "webhook",
  name: `Shop ${count}`,
  config: { url: "https://shop.keyhold-test.com/hooks" },
  events: ["order.completed"],
  // Its hosts are names only.
  untested: true,
  ...wish,
});

async function added(
  wish: Partial<NewEndpoint> = {},
): Promise<{ id: string; secret: string | null }> {
  const answer = await addEndpoint(ctx, proved(), webhook(wish), REQUEST);
  if (answer.kind !== "added") throw new Error(JSON.stringify(answer));
  return answer;
}

const proved = () => ({ ...admin, provedAt: clock.now() }) as typeof admin;

const problemsOf = async (wish: Partial<NewEndpoint>) => {
  const answer = await addEndpoint(ctx, proved(), webhook(wish), REQUEST);
  return answer.kind === "invalid" ? answer.problems : [];
};

async function edit(id: string, wish: Partial<NewEndpoint>, version?: string) {
  const { channel: _, ...input } = webhook(wish);
  const { updatedAt } = await db.endpoint.findUniqueOrThrow({ where: { id } });
  clock.advance(10);
  return editEndpoint(
    ctx,
    proved(),
    { ...input, id, version: version ?? updatedAt.toISOString() },
    REQUEST,
  );
}

const secretsOf = async (id: string) => {
  const row = await db.endpoint.findUniqueOrThrow({ where: { id } });
  return (await openEndpoint(ctx, row)).secrets as ChannelSecrets<"webhook">;
};
const entriesOf = (id: string) =>
  db.auditEntry.findMany({ where: { objectId: id }, orderBy: { seq: "asc" } });

describe("addEndpoint", () => {
  it("takes one that asks for no event, to be written to by policies alone", async () => {
    const { id } = await added({ name: "Notices only", events: [] });
    expect(await db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({ events: [] });
  });

  it("keeps what was asked for, its secrets sealed, and tells the signing secret this once", async () => {
    const { id, secret } = await added({
      config: {
        url: "https://shop.keyhold-test.com/hooks",
        headers: [{ name: "X-Key", isSecret: true }],
      },
      secrets: { headers: { "x-key": "open sesame" } },
      retryPlanMs: [1_000, 2_000],
      ratePerMinute: 60,
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const row = await db.endpoint.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      channel: "webhook",
      events: ["order.completed"],
      retryPlanMs: [1_000, 2_000],
      ratePerMinute: 60,
      sendsAtOnce: 8,
      productIds: [],
      payload: "thin",
      createdBy: "Asha Rao",
    });
    expect(row.secrets).toMatch(/^v2\|/);
    expect(JSON.stringify(row)).not.toContain("sesame");
    expect(await secretsOf(id)).toMatchObject({
      signing: [{ secret, expiresAt: null }],
      headers: { "x-key": "open sesame" },
    });
    const entries = await entriesOf(id);
    expect(entries).toMatchObject([{ action: "endpoint.added", actorName: "Asha Rao" }]);
    expect(JSON.stringify(entries.map(({ details }) => details))).not.toMatch(/sesame|whsec_/);
  });

  it("takes a signing secret that the receiver has already", async () => {
    const own = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    expect(await added({ secrets: { signing: own } })).toMatchObject({ secret: own });
    expect(await problemsOf({ name: "x", secrets: { signing: "whsec_short" } })).toEqual([
      { path: "secrets.signing.0.secret", code: "signing_secret" },
    ]);
  });

  it.each([
    ["no name", { name: " " }, { path: "name", code: "required" }],
    ["no address", { config: {} }, { path: "config.url", code: "required" }],
    [
      "a plain address",
      { config: { url: "http://shop.keyhold-test.com" } },
      { path: "config.url", code: "scheme" },
    ],
    [
      "this machine",
      { config: { url: "https://127.0.0.1/x" } },
      { path: "config.url", code: "not_public" },
    ],
    [
      "a name that leads inside",
      { config: { url: "https://inside.keyhold-test.com" } },
      { path: "config.url", code: "not_public" },
    ],
    [
      "a name that leads nowhere",
      { config: { url: "https://nobody.keyhold-test.com" } },
      { path: "config.url", code: "unresolved" },
    ],
    [
      "too many tries",
      { retryPlanMs: Array(7).fill(1_000) },
      { path: "retryPlanMs", code: "too_many" },
    ],
    ["codes without a word", { payload: "codes" }, { path: "codesReason", code: "required" }],
    ["no such product", { productIds: ["x"] }, { path: "productIds.0", code: "wrong" }],
  ] as [string, Partial<NewEndpoint>, object][])("refuses %s", async (_, wish, problem) => {
    expect(await problemsOf(wish)).toContainEqual(problem);
  });

  it("says of an address and of codes both what is wrong", async () => {
    const config = { url: "https://user:secret@shop.example.com/" };
    expect(await problemsOf({ config, payload: "codes" })).toEqual([
      { path: "config.url", code: "userinfo" },
      { path: "codesReason", code: "required" },
    ]);
  });

  it("tells of all that is wrong at once, and of no nonsense", async () => {
    expect(await problemsOf({ name: "", config: {} })).toEqual([
      { path: "name", code: "required" },
      { path: "config.url", code: "required" },
    ]);
    for (const config of [null, [], "x", 7]) {
      const odd = { config, secrets: config } as unknown as Partial<NewEndpoint>;
      expect((await problemsOf(odd)).map(({ path }) => path)).toContain("config");
    }
  });

  it("gives a name to one of two who take it at once", async () => {
    const both = await Promise.all(
      [1, 2].map(() => addEndpoint(ctx, proved(), webhook(), REQUEST)),
    );
    expect(both.map(({ kind }) => kind).sort()).toEqual(["added", "invalid"]);
    expect(both).toContainEqual({ kind: "invalid", problems: [{ path: "name", code: "taken" }] });
  });

  it("notes why codes may leave", async () => {
    const { id } = await added({ payload: "codes", codesReason: "The partner's contract" });
    expect(await entriesOf(id)).toMatchObject([
      { action: "endpoint.added" },
      { action: "endpoint.codes_allowed", reason: "The partner's contract" },
    ]);
  });

  it("lets codes, and links that open them, lead only where somebody says who may see them himself", async () => {
    const blind = { ...proved(), grants: [] } as typeof admin;
    const codesReason = "The contract";
    for (const payload of ["codes", "claim_link"] as const) {
      await expect(
        addEndpoint(ctx, blind, webhook({ payload, codesReason }), REQUEST),
      ).rejects.toMatchObject({ code: "forbidden" });
      const { id } = await added({ payload, codesReason, name: `${payload} ${count}` });
      const { updatedAt } = await db.endpoint.findUniqueOrThrow({ where: { id } });
      const { channel: _, ...input } = webhook({ payload, name: `${payload} ${count}` });
      const same = { ...input, id };
      const elsewhere = { url: "https://other.keyhold-test.com/hooks" };
      await expect(
        editEndpoint(
          ctx,
          blind,
          { ...same, version: updatedAt.toISOString(), config: elsewhere, codesReason },
          REQUEST,
        ),
      ).rejects.toMatchObject({ code: "forbidden" });
      // What leads there already may be looked after by whoever looks after endpoints.
      const version = updatedAt.toISOString();
      expect(await editEndpoint(ctx, blind, { ...same, version, events: ["*"] }, REQUEST)).toEqual({
        kind: "saved",
      });
    }
    const thin = await addEndpoint(ctx, blind, webhook({ name: `Thin ${count}` }), REQUEST);
    expect(thin.kind).toBe("added");
  });

  it("is for admins who have just proved who they are", async () => {
    for (const role of ["operator", "viewer"] as const) {
      await expect(addEndpoint(ctx, testActor(role), webhook(), REQUEST)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const long = {
      ...admin,
      provedAt: new Date(clock.now().getTime() - 3_600_000),
    } as typeof admin;
    await expect(addEndpoint(ctx, long, webhook(), REQUEST)).rejects.toMatchObject({
      code: "proof_needed",
    });
  });

  it("is announced to from then on, and to no other's products", async () => {
    const productId = ctx.newId();
    const { id } = await added({ productIds: [productId] });
    const tell = (productIds: string[]) =>
      db.$transaction((tx) =>
        announce(
          tx,
          ctx,
          [
            {
              type: "order.completed",
              version: 1,
              subject: "s",
              orderId: null,
              isMock: false,
              productIds,
              data: {},
            },
          ],
          clock.now(),
        ),
      );
    await tell([ctx.newId()]);
    expect(await db.delivery.count({ where: { endpointId: id } })).toBe(0);
    await tell([productId]);
    expect(await db.delivery.count({ where: { endpointId: id, state: "pending" } })).toBe(1);
  });
});

describe("editEndpoint", () => {
  it("changes what is given and keeps secrets that aren't", async () => {
    const { id, secret } = await added();
    expect(await edit(id, { events: ["*"], isOrdered: true })).toEqual({ kind: "saved" });
    expect(await db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({
      events: ["*"],
      isOrdered: true,
    });
    expect((await secretsOf(id)).signing[0]?.secret).toBe(secret);
    const [, entry] = await entriesOf(id);
    expect(entry).toMatchObject({
      action: "endpoint.changed",
      details: {
        "events.from": "order.completed",
        "events.to": "*",
        "isOrdered.to": true,
        secrets: false,
      },
    });
  });

  it("wants a secret again that would go elsewhere, or be shown", async () => {
    const headers = [{ name: "x-key", isSecret: true }];
    const url = "https://shop.keyhold-test.com/hooks";
    const { id } = await added({
      config: { url, headers },
      secrets: { headers: { "x-key": "s" } },
    });
    const again = { path: "config.headers.0.value", code: "give_again" };
    const elsewhere = { url: "https://other.keyhold-test.com/hooks", headers };
    expect(await edit(id, { config: elsewhere })).toEqual({ kind: "invalid", problems: [again] });
    const shown = { url, headers: [{ name: "x-key", isSecret: false }] };
    expect(await edit(id, { config: shown })).toEqual({ kind: "invalid", problems: [again] });
    expect(await edit(id, { config: { url: `${url}/2`, headers } })).toEqual({ kind: "saved" });
    const given = { headers: { "x-key": "new" } };
    expect(await edit(id, { config: elsewhere, secrets: given })).toEqual({ kind: "saved" });
    expect((await secretsOf(id)).headers).toEqual({ "x-key": "new" });
  });

  it("asks anew why codes leave where they lead elsewhere", async () => {
    const { id } = await added({ payload: "codes", codesReason: "The contract" });
    expect(await edit(id, { payload: "codes", events: ["*"] })).toEqual({ kind: "saved" });
    const config = { url: "https://other.keyhold-test.com/hooks" };
    expect(await edit(id, { payload: "codes", config })).toMatchObject({
      problems: [{ path: "codesReason", code: "required" }],
    });
  });

  it.each([
    [
      "webhook",
      { url: "https://shop.keyhold-test.com/tenant-1" },
      { url: "https://shop.keyhold-test.com/tenant-2" },
      {},
    ],
    ["telegram", { chatId: "12" }, { chatId: "13" }, { token: "123456789:AAExampleExample" }],
    [
      "email",
      {
        host: "shop.keyhold-test.com",
        port: 465,
        security: "tls",
        from: "a@x.com",
        to: ["b@x.com"],
      },
      { to: ["b@x.com", "c@x.com"] },
      {},
    ],
    ["redis_stream", { host: "shop.keyhold-test.com", key: "a" }, { key: "b" }, {}],
    ["bullmq", { host: "shop.keyhold-test.com", queue: "a" }, { queue: "b" }, {}],
  ] as const)(
    "asks anew where others read the codes of a %s",
    async (channel, config, other, secrets) => {
      const wish = { channel, payload: "codes" as const, secrets };
      const { id } = await added({ ...wish, config, codesReason: "The contract" });
      const moved = { ...wish, secrets: {}, config: { ...config, ...other } };
      expect(await edit(id, moved)).toEqual({
        kind: "invalid",
        problems: [{ path: "codesReason", code: "required" }],
      });
      expect(await edit(id, { ...moved, codesReason: "They moved" })).toEqual({ kind: "saved" });
      expect((await entriesOf(id)).at(-1)).toMatchObject({
        action: "endpoint.codes_allowed",
        reason: "They moved",
      });
    },
  );

  it("looks at an address again of which only the path, or a name before it, is new", async () => {
    const { id } = await added();
    const config = { url: "https://user:pass@shop.keyhold-test.com/hooks" };
    expect(await edit(id, { config })).toEqual({
      kind: "invalid",
      problems: [{ path: "config.url", code: "userinfo" }],
    });
  });

  it("gives way to whoever changed it before", async () => {
    const { id } = await added();
    const { updatedAt } = await db.endpoint.findUniqueOrThrow({ where: { id } });
    expect(await edit(id, { isOrdered: true })).toEqual({ kind: "saved" });
    await expect(edit(id, { isOrdered: false }, updatedAt.toISOString())).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(edit(ctx.newId(), {})).rejects.toThrow();
  });
});

describe("rotateSecret", () => {
  it("signs with both for a day, and with no third", async () => {
    const { id, secret } = await added();
    const first = await rotateSecret(ctx, proved(), { id }, REQUEST);
    expect(first.oldUntil).toBe(new Date(clock.now().getTime() + 24 * 3_600_000).toISOString());
    expect((await secretsOf(id)).signing).toMatchObject([
      { secret: first.secret, expiresAt: null },
      { secret, expiresAt: first.oldUntil },
    ]);
    const second = await rotateSecret(ctx, proved(), { id }, REQUEST);
    expect((await secretsOf(id)).signing.map((one) => one.secret)).toEqual([
      second.secret,
      first.secret,
    ]);
    const third = await rotateSecret(ctx, proved(), { id, atOnce: true }, REQUEST);
    expect(third.oldUntil).toBeNull();
    expect((await secretsOf(id)).signing.map((one) => one.secret)).toEqual([third.secret]);
    expect((await entriesOf(id)).map(({ action }) => action)).toEqual([
      "endpoint.added",
      ...Array(3).fill("endpoint.secret_rotated"),
    ]);
    expect(JSON.stringify((await entriesOf(id)).map(({ details }) => details))).not.toContain(
      "whsec_",
    );
  });

  it("loses none of two rotations at once", async () => {
    const { id } = await added();
    const both = await Promise.all([1, 2].map(() => rotateSecret(ctx, proved(), { id }, REQUEST)));
    const signing = (await secretsOf(id)).signing.map((one) => one.secret);
    expect(new Set(signing)).toEqual(new Set(both.map((one) => one.secret)));
  });
});

describe("deleteEndpoint", () => {
  it("ends what waits, destroys its secrets, and frees its name", async () => {
    const { id } = await added({ name: `Gone ${count}`, events: ["balance.low"] });
    const event = {
      type: "balance.low" as const,
      version: 1,
      subject: "s",
      orderId: null,
      isMock: false,
      productIds: [],
      data: {},
    };
    await db.$transaction((tx) => announce(tx, ctx, [event], clock.now()));
    await deleteEndpoint(ctx, admin, id, "The shop closed", REQUEST);
    expect(await db.endpoint.findUniqueOrThrow({ where: { id } })).toMatchObject({
      secrets: null,
      deletedAt: clock.now(),
    });
    expect(await db.delivery.findMany({ where: { endpointId: id } })).toMatchObject([
      { state: "not_apply", reason: "endpoint_deleted", nextAttemptAt: null },
    ]);
    await added({ name: `Gone ${count}` });
    await expect(deleteEndpoint(ctx, admin, id, "Once more", REQUEST)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("wants a reason and the right", async () => {
    const { id } = await added();
    await expect(deleteEndpoint(ctx, admin, id, " ", REQUEST)).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(
      deleteEndpoint(ctx, testActor("operator"), id, "Because", REQUEST),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("reading endpoints", () => {
  it("shows everybody how they are, and only admins how they are set; nobody a secret", async () => {
    const { id } = await added({
      config: {
        url: "https://shop.keyhold-test.com/hooks",
        headers: [
          { name: "x-key", isSecret: true },
          { name: "x-tenant", isSecret: false },
        ],
      },
      secrets: { headers: { "x-key": "sesame", "x-tenant": "seven" } },
    });
    const own = await readEndpoint(ctx, admin, id);
    expect(own).toMatchObject({
      may: { manage: true, send: true },
      settings: { headers: { "x-tenant": "seven" }, kept: ["x-key", "x-tenant"] },
    });
    expect(JSON.stringify(own)).not.toMatch(/sesame|whsec_/);
    const viewed = await readEndpoint(ctx, testActor("viewer"), id);
    expect(viewed).toMatchObject({ settings: null, isLocked: false, may: { manage: false } });
    expect(JSON.stringify(viewed)).not.toContain("seven");
    const { rows } = await readEndpoints(ctx, testActor("viewer"));
    expect(rows.map((row) => row.id)).toContain(id);
    expect(await readEndpoint(ctx, admin, "x")).toBeNull();
  });

  it("is still to be seen where its secrets don't open", async () => {
    const { id } = await added();
    const other = { ...ctx, sealer: testSealer() };
    expect(await readEndpoint(other, admin, id)).toMatchObject({ settings: null, isLocked: true });
  });

  it("tells how tries went, part by part", async () => {
    const { id } = await added({ events: ["alert.opened"] });
    const event = {
      type: "alert.opened" as const,
      version: 1,
      subject: "s",
      orderId: null,
      isMock: false,
      productIds: [],
      data: {},
    };
    await db.$transaction((tx) => announce(tx, ctx, [event], clock.now()));
    const { id: deliveryId } = await db.delivery.findFirstOrThrow({ where: { endpointId: id } });
    const at = (hours: number) => new Date(clock.now().getTime() - hours * 3_600_000);
    const tries = [
      { number: 1, hours: 3, outcome: "failed", errorKind: "timeout", tookMs: 15_000 },
      { number: 2, hours: 2, outcome: "refused", errorKind: "broken", tookMs: 20 },
      { number: 3, hours: 0, outcome: "accepted", errorKind: null, tookMs: 100 },
      { number: 4, hours: 0, outcome: "accepted", errorKind: null, tookMs: 200 },
    ];
    await db.deliveryAttempt.createMany({
      data: tries.map(({ hours, ...one }) => ({
        ...one,
        id: ctx.newId(),
        deliveryId,
        endpointId: id,
        startedAt: at(hours),
        finishedAt: at(hours),
      })),
    });
    const health = await readEndpointHealth(ctx, testActor("viewer"), id, "24h");
    expect(health).toMatchObject({ tries: 4, accepted: 2, p50: 150, isCapped: false });
    expect(health?.buckets).toHaveLength(24);
    expect(health?.buckets.at(-1)).toMatchObject({ accepted: 2, p50: 150 });
    expect(health?.errors).toEqual([
      { kind: "broken", count: 1 },
      { kind: "timeout", count: 1 },
    ]);
    expect((await readEndpointHealth(ctx, admin, id, "7d"))?.buckets).toHaveLength(28);
    expect(await readEndpointHealth(ctx, admin, ctx.newId(), "24h")).toBeNull();
    const [row] = (await readEndpoints(ctx, admin)).rows.filter((one) => one.id === id);
    expect(row).toMatchObject({ tries: 4, accepted: 2, pending: 1 });
  });
});
