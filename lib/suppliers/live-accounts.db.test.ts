import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { giveBudget, testActor, testClock, testSealer } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { startKeyServer, suppliersContext } from "./accounts.fixture.ts";
import { addSupplier } from "./add-supplier.ts";
import type { SuppliersContext } from "./context.ts";
import { editSupplier } from "./edit-supplier.ts";
import { readSupplierDetail } from "./read-supplier-detail.ts";
import { readSuppliersRoom } from "./read-suppliers-room.ts";
import type { NewSupplier } from "./room-types.ts";
import { rotateSupplierSecret } from "./rotate-supplier-secret.ts";
import { testSupplier } from "./test-supplier.ts";
import { testSupplierDraft } from "./test-supplier-draft.ts";

const { db, drop, url } = await createTestDatabase();
const server = await startKeyServer();
afterAll(async () => {
  await server.close();
  await drop();
});

const HERE = { address: null, correlationId: null };
const KEY = "first-key-0001";
const NEXT = "second-key-0002";
const clock = testClock();
const sealer = testSealer();
const ROOT = { kind: "job", name: "tests" } as const;

let ctx: SuppliersContext;
/** Another process of ours. */
let other: SuppliersContext;

beforeEach(async () => {
  await db.supplier.deleteMany();
  server.keys.clear();
  server.keys.add(KEY);
  server.calls.length = 0;
  ctx = await suppliersContext(db, url, { clock, sealer });
  other = await suppliersContext(db, url, { clock, sealer });
});
afterEach(async () => {
  server.letGo();
  await Promise.all([ctx.suppliers.close(), other.suppliers.close()]);
});

const wish = (more: Partial<NewSupplier> = {}): NewSupplier => ({
  kind: "foxreload",
  slug: "second",
  name: "Second account",
  config: { baseUrl: server.url },
  secrets: { apiKey: KEY },
  ...more,
});

async function add(more: Partial<NewSupplier> = {}): Promise<string> {
  const added = await addSupplier(ctx, ROOT, wish(more), HERE);
  if (added.kind !== "added") throw new Error(JSON.stringify(added));
  await giveBudget(db, added.id);
  return added.id;
}

const balances = (of: SuppliersContext, id: string) => {
  const account = of.suppliers.byId(id);
  if (!account) throw new Error("not connected");
  const order = { kind: "read", slice: "refresh", what: "balances" } as const;
  return of.suppliers.call(of, account, order, (supplier) => supplier.getBalances());
};

const rotate = (id: string, value: string | null, name = "apiKey", atOnce = false) =>
  rotateSupplierSecret(ctx, ROOT, { id, name, value, atOnce }, HERE);

describe("addSupplier", () => {
  it("tries the key, keeps it sealed, and is used by every process from then on", async () => {
    const id = await add();
    expect(server.calls).toEqual([KEY]);
    expect((await balances(ctx, id)).kind).toBe("accepted");
    expect(other.suppliers.bySlug("second")).toBeNull();
    await other.suppliers.refresh(other);
    expect((await balances(other, id)).kind).toBe("accepted");
    const [secret] = await db.supplierSecret.findMany();
    expect(secret).toMatchObject({ name: "apiKey", lastFour: "0001", replacedAt: null });
    expect(JSON.stringify(await db.supplier.findMany())).not.toContain(KEY);
    expect(secret?.sealed).not.toContain(KEY);
    const audit = await db.auditEntry.findMany({
      where: { action: "supplier.added", objectId: id },
    });
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit.map(({ details }) => details))).not.toContain(KEY);
  });

  it("keeps nothing where the key is refused or nobody answers, and says why", async () => {
    const refused = await addSupplier(
      ctx,
      ROOT,
      wish({ secrets: { apiKey: "wrong-key-9" } }),
      HERE,
    );
    expect(refused).toMatchObject({ kind: "unusable", tried: { kind: "refused", class: "auth" } });
    const config = { baseUrl: "http://127.0.0.1:1" };
    const nobody = await addSupplier(ctx, ROOT, wish({ config }), HERE);
    expect(nobody).toMatchObject({ kind: "unusable", tried: { kind: "unreachable" } });
    expect(await db.supplier.count()).toBe(0);
  });

  it("says all that is wrong at once", async () => {
    const given = wish({ slug: "No!", name: " ", secrets: { other: "x" } });
    const added = await addSupplier(ctx, ROOT, given, HERE);
    expect(added).toEqual({
      kind: "invalid",
      problems: [
        { path: "slug", code: "slug" },
        { path: "name", code: "required" },
        { path: "secrets.apiKey", code: "required" },
        { path: "secrets.other", code: "wrong" },
      ],
    });
    const reserved = await addSupplier(ctx, ROOT, wish({ slug: "inbox" }), HERE);
    expect(reserved).toMatchObject({ problems: [{ path: "slug", code: "slug" }] });
    const config = { baseUrl: "ftp://x", wrong: 1 };
    const odd = await addSupplier(ctx, ROOT, wish({ config }), HERE);
    expect(odd).toMatchObject({ problems: [{ path: "config.baseUrl", code: "url" }, {}] });
  });

  it("calls no address of the own network unless it may", async () => {
    const strict = await suppliersContext(db, url, { clock, sealer, allowPrivate: false });
    const added = await addSupplier(strict, ROOT, wish(), HERE);
    const problems = [{ path: "config.baseUrl", code: "not_public" }];
    expect(added).toEqual({ kind: "invalid", problems });
    expect(server.calls).toEqual([]);
    await strict.suppliers.close();
  });

  it("makes one account of two that are added at once", async () => {
    const both = await Promise.all([
      addSupplier(ctx, ROOT, wish(), HERE),
      addSupplier(other, ROOT, wish(), HERE),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["added", "invalid"]);
    expect(await db.supplier.count()).toBe(1);
    expect(await db.supplierSecret.count()).toBe(1);
  });

  it("is for admins who have proved themselves", async () => {
    const forbidden = addSupplier(ctx, testActor("operator"), wish(), HERE);
    await expect(forbidden).rejects.toThrow(KeyholdError);
    const unproved = { ...testActor("admin"), provedAt: null } as Actor;
    await expect(addSupplier(ctx, unproved, wish(), HERE)).rejects.toMatchObject({
      code: "proof_needed",
    });
  });
});

describe("a key that is rotated", () => {
  it("lets calls under way end with the old one, and is used by the next ones", async () => {
    const id = await add();
    server.keys.add(NEXT);
    server.hold();
    const begun = balances(ctx, id);
    await expect.poll(server.held).toBe(1);
    const rotating = rotate(id, NEXT);
    await expect.poll(server.held).toBe(2);
    server.letGo();
    expect((await begun).kind).toBe("accepted");
    expect(await rotating).toMatchObject({ kind: "rotated", made: null, oldUntil: null });
    server.keys.delete(KEY);
    expect((await balances(ctx, id)).kind).toBe("accepted");
    expect(server.calls.at(-1)).toBe(NEXT);
    expect(await db.supplierSecret.count()).toBe(1);
  });

  it("is taken up by a process that is about to send money, unasked", async () => {
    const id = await add();
    await other.suppliers.refresh(other);
    server.keys.add(NEXT);
    await rotate(id, NEXT);
    server.keys.delete(KEY);
    const account = other.suppliers.byId(id);
    if (!account) throw new Error("not connected");
    const order = { kind: "write", slice: "purchase", what: "create" } as const;
    // More than the second for which a reading will do.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const outcome = await other.suppliers.call(other, account, order, (supplier) =>
      supplier.getBalances(),
    );
    expect(outcome.kind).toBe("accepted");
    expect(server.calls.at(-1)).toBe(NEXT);
  });

  it("is tried before it takes the place of one that works", async () => {
    const id = await add();
    const refused = await rotate(id, "wrong-key-77");
    expect(refused).toMatchObject({ kind: "unusable", tried: { class: "auth" } });
    expect((await balances(ctx, id)).kind).toBe("accepted");
  });

  it("isn't tried while the supplier asks for silence", async () => {
    const id = await add();
    await db.$executeRaw`update suppliers set blocked_until = now() + interval '30 seconds' where id = ${id}::uuid`;
    server.keys.add(NEXT);
    const before = server.calls.length;
    expect(await rotate(id, NEXT)).toMatchObject({
      kind: "unusable",
      tried: { kind: "unreachable" },
    });
    const draft = await testSupplierDraft(ctx, ROOT, { ...wish(), id }, HERE);
    expect(draft).toMatchObject({ kind: "tried", tried: { kind: "unreachable" } });
    expect(server.calls).toHaveLength(before);
  });

  it("helps an account whose key can't be opened any more; others work meanwhile", async () => {
    const id = await add();
    const fine = await add({ slug: "third" });
    await db.$executeRaw`
      update supplier_secrets set sealed = 'v2|gone|bm9uY2U|Y3Q|dGFn' where supplier_id = ${id}::uuid`;
    await db.$executeRaw`update suppliers set revision = revision + 1 where id = ${id}::uuid`;
    await ctx.suppliers.refresh(ctx);
    expect(ctx.suppliers.notConnected()).toMatchObject([{ slug: "second", why: "secret_locked" }]);
    expect((await balances(ctx, fine)).kind).toBe("accepted");
    const room = await readSuppliersRoom(ctx, testActor("viewer"));
    expect(room.rows.map(({ slug, notConnected }) => [slug, notConnected])).toEqual([
      ["second", "secret_locked"],
      ["third", null],
    ]);
    expect(await rotate(id, KEY)).toMatchObject({ kind: "rotated" });
    expect(ctx.suppliers.notConnected()).toEqual([]);
    expect((await balances(ctx, id)).kind).toBe("accepted");
  });

  it("isn't what the environment says", async () => {
    const variables = { FOXRELOAD_API_KEY: KEY, FOXRELOAD_BASE_URL: server.url };
    const configured = await suppliersContext(db, url, { clock, sealer, variables });
    const account = configured.suppliers.bySlug("foxreload");
    const wanted = { id: account?.id ?? "", name: "apiKey", value: NEXT, atOnce: false };
    expect(await rotateSupplierSecret(configured, ROOT, wanted, HERE)).toEqual({
      kind: "invalid",
      problems: [{ path: "secrets.apiKey", code: "from_environment" }],
    });
    // Without its variable it has no key at all.
    expect(ctx.suppliers.notConnected()).toEqual([]);
    await ctx.suppliers.refresh(ctx);
    expect(ctx.suppliers.notConnected()).toMatchObject([{ why: "secret_missing" }]);
    await configured.suppliers.close();
  });
});

describe("a secret that messages are signed with", () => {
  const pushing = () =>
    add({
      kind: "signed_webhook",
      slug: "pushing",
      config: {
        baseUrl: server.url,
        currency: "USD",
        auth: { by: "header", header: "x-api-key" },
        products: [{ sku: "one", name: "One", price: "1.00" }],
        paths: { order: "/orders/{id}" },
      },
    });
  const BODY = Buffer.from('{"event":"order.created"}');
  const isTaken = (of: SuppliersContext, secret: string) => {
    const signature = createHmac("sha256", secret).update(BODY).digest("hex");
    const headers = {
      get: (name: string) => (name === "x-signature" ? `sha256=${signature}` : null),
    };
    return (
      of.suppliers.bySlug("pushing")?.inbound?.verify(BODY, headers, of.now()).kind === "verified"
    );
  };
  const made = (result: Awaited<ReturnType<typeof rotate>>): string => {
    if (result.kind !== "rotated" || result.made === null) throw new Error(JSON.stringify(result));
    return result.made;
  };

  it("is made by Keyhold and told once; the one before counts for another day", async () => {
    const id = await pushing();
    const first = made(await rotate(id, null, "webhookSecret"));
    const second = made(await rotate(id, null, "webhookSecret"));
    expect(first).not.toBe(second);
    expect([isTaken(ctx, first), isTaken(ctx, second), isTaken(ctx, "another")]).toEqual([
      ...[true, true, false],
    ]);
    const view = await readSupplierDetail(ctx, testActor("admin"), "pushing");
    expect(view?.inbound).toMatchObject({ path: "/api/webhooks/pushing", isOpen: true });
    expect(view?.secrets.find(({ name }) => name === "webhookSecret")).toMatchObject({
      current: { lastFour: second.slice(-4) },
      replaced: [{ lastFour: first.slice(-4) }],
    });
    expect(JSON.stringify(view)).not.toContain(second);
    clock.advance(24 * 60 * 60_000 + 1);
    await ctx.suppliers.refresh(ctx);
    expect([isTaken(ctx, first), isTaken(ctx, second)]).toEqual([false, true]);
  });

  it.each(["short", "whsec_AB", `whsec_${Buffer.alloc(15).toString("base64")}`])(
    "is none that can be guessed: %s",
    async (weak) => {
      expect(await rotate(await pushing(), weak, "webhookSecret")).toEqual({
        kind: "invalid",
        problems: [{ path: "secrets.webhookSecret", code: "too_short" }],
      });
    },
  );

  it("is over at once where it leaked, in every process that looks", async () => {
    const id = await pushing();
    const first = made(await rotate(id, null, "webhookSecret"));
    await other.suppliers.refresh(other);
    expect(isTaken(other, first)).toBe(true);
    const second = made(await rotate(id, null, "webhookSecret", true));
    await other.suppliers.refresh(other);
    expect([isTaken(ctx, first), isTaken(other, first)]).toEqual([false, false]);
    expect(isTaken(other, second)).toBe(true);
    expect(await db.supplierSecret.count({ where: { name: "webhookSecret" } })).toBe(1);
  });
});

describe("editSupplier", () => {
  const edit = (id: string, revision: number, config: Record<string, unknown>, more = {}) =>
    editSupplier(ctx, ROOT, { id, revision, name: "Renamed", config, ...more }, HERE);

  it("counts at once, and refuses who has seen an older one", async () => {
    const id = await add();
    const config = { baseUrl: `${server.url}/v2`, currency: "RUB" };
    expect(await edit(id, 1, config)).toMatchObject({ kind: "saved", tried: { kind: "answered" } });
    expect(ctx.suppliers.byId(id)).toMatchObject({ name: "Renamed", currency: "RUB" });
    await expect(edit(id, 1, config)).rejects.toMatchObject({ code: "conflict" });
  });

  it("notes what was there before and what is since, and no key", async () => {
    const id = await add();
    server.keys.add(NEXT);
    const config = { baseUrl: `${server.url}/v2`, currency: "RUB" };
    await edit(id, 1, config, { secrets: { apiKey: NEXT } });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: "supplier.edited", objectId: id },
    });
    expect(entry).toMatchObject({
      before: { name: "Second account", baseUrl: server.url, currency: null },
      after: { name: "Renamed", baseUrl: `${server.url}/v2`, currency: "RUB" },
      details: { changed: "name, baseUrl, currency", secrets: "apiKey" },
    });
    const told = JSON.stringify([entry.before, entry.after, entry.details]);
    expect(told).not.toContain(NEXT);
    expect(told).not.toContain(KEY);
  });

  it("lets one of two win who edit at once", async () => {
    const id = await add();
    const config = { baseUrl: server.url };
    const both = await Promise.allSettled([edit(id, 1, config), edit(id, 1, config)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("sends no key to where nobody meant it to go", async () => {
    const elsewhere = await startKeyServer();
    elsewhere.keys.add(KEY);
    const id = await add();
    const config = { baseUrl: elsewhere.url };
    const problems = [{ path: "secrets.apiKey", code: "give_again" }];
    expect(await edit(id, 1, config)).toEqual({ kind: "invalid", problems });
    const draft = wish({ config, secrets: {} });
    const tried = await testSupplierDraft(ctx, ROOT, { ...draft, id }, HERE);
    expect(tried).toEqual({ kind: "invalid", problems });
    expect(elsewhere.calls).toEqual([]);
    expect(await edit(id, 1, config, { secrets: { apiKey: KEY } })).toMatchObject({
      kind: "saved",
    });
    expect((await balances(ctx, id)).kind).toBe("accepted");
    expect(elsewhere.calls).toHaveLength(2);
    await elsewhere.close();
  });
});

it("is tested as it is, and as a form stands", async () => {
  await add();
  const asIs = await testSupplier(ctx, ROOT, "second", HERE);
  expect(asIs).toMatchObject({ kind: "tried", tried: { kind: "answered" } });
  const draft = await testSupplierDraft(ctx, ROOT, wish({ secrets: { apiKey: "wrong-2" } }), HERE);
  expect(draft).toMatchObject({ kind: "tried", tried: { kind: "refused" } });
  await expect(testSupplier(ctx, ROOT, "nobody", HERE)).rejects.toMatchObject({
    code: "not_found",
  });
});

it("shows an account without its secrets, and its configuration to admins alone", async () => {
  const id = await add();
  await balances(ctx, id);
  await ctx.suppliers.flushCounts(ctx);
  const admin = await readSupplierDetail(ctx, testActor("admin"), "second");
  expect(admin).toMatchObject({
    target: server.url,
    currency: "USD",
    config: { baseUrl: server.url },
    secrets: [{ name: "apiKey", isFromEnvironment: false, current: { lastFour: "0001" } }],
    inbound: null,
    answers: [],
    may: { manage: true },
  });
  expect(admin?.times).toMatchObject({ calls: 1, failed: 0, completed: 0 });
  expect(admin?.times.latencyP50).toBeGreaterThan(0);
  const viewer = await readSupplierDetail(ctx, testActor("viewer"), "second");
  expect(viewer).toMatchObject({ config: null, answers: null, may: { manage: false } });
  expect(JSON.stringify([admin, viewer])).not.toContain(KEY);
  expect(await readSupplierDetail(ctx, testActor("viewer"), "nobody")).toBeNull();
});
