import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { openApiDocument } from "#lib/api/open-api.ts";
import { OPERATIONS, problemsOf } from "#lib/api/operations.ts";
import { PROBLEMS, type ProblemCode } from "#lib/api/problems.ts";
import { openSupplier, productFacts } from "#lib/orders/simulated.fixture.ts";
import { createProduct } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { compileClient } from "../../../harness/stock-client/compile-client.ts";
import { ask, keyWith, ORIGIN, ROUTE_FILES, serveApi, settled } from "./api.fixture.ts";

vi.setConfig({ testTimeout: 90_000 });

const { db, url: databaseUrl, drop } = await createTestDatabase();
const folder = mkdtempSync(join(tmpdir(), "keyhold-api-"));
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
  await drop();
});

// biome-ignore lint/suspicious/noExplicitAny: a document, looked up by names.
const document: any = openApiDocument(ORIGIN);

it("has an operation for each route file, and a route file for each operation", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/${file}`.replace(/\/route\.ts$/, "").replace("[id]", "{id}"));
  const undescribed = ["/openapi.json", "/reference", "/[[...path]]"];
  expect(files.filter((file) => !undescribed.includes(file)).sort()).toEqual(
    Object.keys(document.paths).sort(),
  );
  expect(ROUTE_FILES.length).toBe(files.length);
});

it("has the methods that the handlers have", async () => {
  closers.push((await serveApi((await openSupplier(db)).ctx, databaseUrl)).close);
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    const file = `./${path.slice(1).replace("{id}", "[id]")}/route.ts`;
    const handlers = await import(/* @vite-ignore */ file);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await handlers[method](new Request(`${ORIGIN}/api/v1${path}`, { method }), {
        params: Promise.resolve({}),
      }).catch(() => ({ status: 0 }));
      expect(answer.status === 405, `${method} ${path}`).toBe(!(method.toLowerCase() in methods));
    }
  }
});

it("names every problem that there is, and says what each means", () => {
  const named = new Set<ProblemCode>(OPERATIONS.flatMap(problemsOf));
  const elsewhere = ["method_not_allowed"];
  expect([...named, ...elsewhere].sort()).toEqual(Object.keys(PROBLEMS).sort());
});

it("passes a linter that has no network", () => {
  const file = join(folder, "openapi.json");
  const guard = join(folder, "no-network.cjs");
  writeFileSync(file, JSON.stringify(document));
  writeFileSync(
    guard,
    `require("node:net").Socket.prototype.connect = () => { console.error("NETWORK"); process.exit(97); };`,
  );
  const cli = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const run = spawnSync(
    process.execPath,
    ["--require", guard, join(cli, "..", "bin", "cli.js"), "lint", file, "--format=json"],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        REDOCLY_TELEMETRY: "off",
        REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
        CI: "true",
      },
    },
  );
  expect(run.stderr).not.toContain("NETWORK");
  const { totals, problems } = JSON.parse(run.stdout.slice(run.stdout.indexOf("{")));
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  expect(run.status).toBe(0);
});

/** A shop that knows the API by the types that openapi-typescript makes of the document, and openapi-fetch. */
const SHOP = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

type Wish = NonNullable<paths["/orders"]["post"]["requestBody"]>["content"]["application/json"];
type Order = paths["/orders/{id}"]["get"]["responses"][200]["content"]["application/json"];

function given<T>(data: T | undefined, error: unknown): T {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

export function shopAt(baseUrl: string, key: string) {
  const client = createClient<paths>({ baseUrl, headers: { Authorization: "Bearer " + key } });
  return {
    async place(body: Wish, idempotencyKey: string) {
      const header = { "Idempotency-Key": idempotencyKey };
      const { data, error, response } = await client.POST("/orders", { body, params: { header } });
      return { status: response.status, order: given(data, error) };
    },
    async wait(id: string): Promise<Order> {
      const params = { path: { id }, query: { wait: 30 } };
      const { data, error } = await client.GET("/orders/{id}", { params });
      return given(data, error);
    },
    async codes(id: string): Promise<string[]> {
      const { data, error } = await client.GET("/orders/{id}/codes", { params: { path: { id } } });
      return given(data, error).data.map(({ value }) => value);
    },
  };
}
`;

it("is read by a stock generator, whose client places an order, waits and fetches its code", async () => {
  const supplier = await openSupplier(db);
  const api = await serveApi(supplier.ctx, databaseUrl);
  closers.push(api.close);
  const { key } = await keyWith(supplier.ctx, ["orders:write", "codes:read"]);
  const product = await createProduct(
    db,
    supplier.ctx.account.id,
    productFacts("test-plain-codes"),
  );
  const { file, remove } = await compileClient(document, SHOP);
  closers.push(async () => remove());
  const shop = (await import(/* @vite-ignore */ file)).shopAt(`${api.url}/api/v1`, key);
  const wish = { items: [{ itemId: product.externalId, quantity: 2 }], maxTotalPrice: "1000" };
  const placed = await shop.place(wish, "client-1");
  expect(placed.status).toBe(201);
  expect((await shop.place(wish, "client-1")).order).toEqual(placed.order);
  const waiting = shop.wait(placed.order.id).catch((error: unknown) => error);
  await settled();
  supplier.advance(2_000);
  await supplier.work(placed.order.id);
  supplier.advance(5_000);
  await supplier.work(placed.order.id);
  expect(await waiting).toMatchObject({ status: "completed", isFinal: true });
  const codes = await shop.codes(placed.order.id);
  const { orders } = await supplier.truth();
  expect(orders).toMatchObject([{ paidCount: 1 }]);
  const told = (orders[0]?.items[0]?.codes ?? []) as { code: string }[];
  expect(codes).toEqual(told.map((one) => (typeof one === "string" ? one : one.code)));
});

it("tells whoever writes a shop what an answer doesn't have, before he asks for it", async () => {
  const wrong = SHOP.replace("({ value }) => value", "({ secret }) => secret");
  await expect(compileClient(document, wrong)).rejects.toThrow("'secret' does not exist");
});

it("is served, with a page for people that asks for nothing from elsewhere", async () => {
  const api = await serveApi((await openSupplier(db)).ctx, databaseUrl);
  closers.push(api.close);
  const served = await ask(api.url, null, "/openapi.json");
  expect(served.json).toEqual(JSON.parse(JSON.stringify(document)));
  const page = await ask(api.url, null, "/reference", { headers: { "x-nonce": "n0nce" } });
  expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(page.text).toContain(`<style nonce="n0nce">`);
  expect(page.text).not.toMatch(
    /<script|<link(?! rel="icon" href="data:,")|<img|<iframe|style="|url\(|@import| on\w+=/,
  );
  for (const [, target = ""] of page.text.matchAll(/(?:href|src)="([^"]*)"/g)) {
    expect(target).toMatch(/^(#|data:,$|\/api\/v1\/)/);
    if (target.startsWith("#")) expect(page.text).toContain(`id="${target.slice(1)}"`);
  }
  for (const code of Object.keys(PROBLEMS)) expect(page.text).toContain(`id="problem-${code}"`);
  for (const { id } of OPERATIONS) expect(page.text).toContain(`<h3 id="${id}">`);
});
