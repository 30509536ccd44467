/** An account whose messages are signed another way from now on, and one that nothing can be asked of. */
import { createHmac, generateKeyPairSync } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { giveBudget, testClock, testSealer } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { startKeyServer, suppliersContext } from "./accounts.fixture.ts";
import { addSupplier } from "./add-supplier.ts";
import type { SuppliersContext } from "./context.ts";
import { editSupplier } from "./edit-supplier.ts";

const { db, drop, url } = await createTestDatabase();
const server = await startKeyServer();
afterAll(async () => {
  await server.close();
  await drop();
});

const HERE = { address: null, correlationId: null };
const ROOT = { kind: "job", name: "tests" } as const;
const PEM = String(
  generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
    type: "spki",
    format: "pem",
  }),
).trim();
const BODY = Buffer.from('{"event":"order.created"}');
const RSA = { scheme: "rsa_sha256", header: "x-signature" };
const HMAC = { scheme: "hmac_sha256", header: "x-signature", prefix: "sha256=" };
const NEW_SECRET = "a secret of thirty-two characters";

let ctx: SuppliersContext;
beforeEach(async () => {
  await db.supplier.deleteMany();
  server.calls.length = 0;
  ctx = await suppliersContext(db, url, { clock: testClock(), sealer: testSealer() });
});
afterEach(() => ctx.suppliers.close());

const config = (more: object) => ({
  ...{ baseUrl: server.url, currency: "USD", auth: { by: "none" } },
  products: [{ sku: "one", name: "One", price: "1.00" }],
  paths: { order: "/orders/{id}" },
  ...more,
});

async function add(signature: object, secrets: Record<string, string> = {}) {
  const wish = { kind: "signed_webhook", slug: "pushing", name: "Pushing" };
  const added = await addSupplier(
    ctx,
    ROOT,
    { ...wish, config: config({ signature }), secrets },
    HERE,
  );
  if (added.kind !== "added") throw new Error(JSON.stringify(added));
  await giveBudget(db, added.id);
  return added;
}

const edit = (id: string, signature: object, secrets: Record<string, string> = {}) =>
  editSupplier(
    ctx,
    ROOT,
    { id, revision: 1, name: "Pushing", config: config({ signature }), secrets },
    HERE,
  );

/** Signed by HMAC with this secret. */
function isTaken(secret: string): boolean {
  const signature = createHmac("sha256", secret).update(BODY).digest("hex");
  const headers = {
    get: (name: string) => (name === "x-signature" ? `sha256=${signature}` : null),
  };
  const verdict = ctx.suppliers.bySlug("pushing")?.inbound?.verify(BODY, headers, ctx.now());
  return verdict?.kind === "verified";
}

it("a public key, which everybody may know, never becomes a secret", async () => {
  const { id } = await add(RSA, { webhookSecret: PEM });
  const problems = [{ path: "secrets.webhookSecret", code: "not_secret" }];
  expect(await edit(id, HMAC)).toEqual({ kind: "invalid", problems });
  expect(await edit(id, HMAC, { webhookSecret: PEM })).toEqual({ kind: "invalid", problems });
  expect(await edit(id, HMAC, { webhookSecret: NEW_SECRET })).toMatchObject({ kind: "saved" });
  // The key of before is kept for a day, and proves nothing by this scheme.
  expect(await db.supplierSecret.count({ where: { name: "webhookSecret" } })).toBe(2);
  expect([isTaken(PEM), isTaken(NEW_SECRET)]).toEqual([false, true]);
});

it("a secret is no public key: it has to be given", async () => {
  const { id } = await add(HMAC, { webhookSecret: NEW_SECRET });
  expect(await edit(id, RSA)).toEqual({
    kind: "invalid",
    problems: [{ path: "secrets.webhookSecret", code: "public_key" }],
  });
});

it("where nothing can be asked without ordering, it isn't said that it answered", async () => {
  const added = await add(HMAC, { webhookSecret: NEW_SECRET });
  expect(added.tried).toEqual({ kind: "untried" });
  expect(server.calls).toEqual([]);
});

it("a catalogue that is asked for is asked", async () => {
  const wish = { kind: "signed_webhook", slug: "catalogue", name: "Catalogue" };
  const paths = { order: "/orders/{id}", catalog: "/products" };
  const given = config({ paths, products: [], signature: HMAC });
  expect(await addSupplier(ctx, ROOT, { ...wish, config: given, secrets: {} }, HERE)).toMatchObject(
    { kind: "unusable", tried: { kind: "refused", class: "auth" } },
  );
  expect(server.calls).toHaveLength(1);
});
