import { expect, setting, signIn, test } from "./setup/fixtures.ts";

const PAGES = [
  "/",
  "/alerts",
  "/alerts/01a1fce4-0d33-734b-960a-001e736339d2",
  "/orders",
  "/orders/new",
  "/orders/01a1fce4-0d33-734b-960a-001e736339d2",
  "/supplier-orders",
  "/codes",
  "/balance",
  "/suppliers",
  "/deliveries",
  "/deliveries/jobs",
  "/deliveries/01a1fce4-0d33-734b-960a-001e736339d2",
  "/settings",
  "/settings/endpoints",
  "/settings/endpoints/new",
  "/settings/endpoints/01a1fce4-0d33-734b-960a-001e736339d2",
  "/settings/endpoints/01a1fce4-0d33-734b-960a-001e736339d2/edit",
  "/settings/runbooks",
  "/settings/runbooks/stalled",
  "/settings/account",
  "/settings/api-keys",
  "/settings/people",
  "/settings/people/01a1fce4-0d33-734b-960a-001e736339d2",
  "/settings/suppliers",
  "/settings/suppliers/new",
  "/settings/suppliers/foxreload",
  "/settings/suppliers/foxreload/edit",
  "/settings/suppliers/foxreload/limits",
  "/settings/audit",
  "/settings/audit/1",
  "/suppliers/inbox",
  "/suppliers/inbox/01a1fce4-0d33-734b-960a-001e736339d2",
];
const LIVE = [
  "shell",
  "overview",
  "alerts",
  "alerts/01a1fce4-0d33-734b-960a-001e736339d2",
  "alerts/counts",
  "alerts/assignees",
  "alerts/news",
  "orders",
  "orders/01a1fce4-0d33-734b-960a-001e736339d2",
  "supplier-orders",
  "codes",
  "balance",
  "suppliers",
  "supplier-accounts",
  "supplier-accounts/foxreload",
  "audit",
  "api-keys",
  "inbox",
  "inbox/01a1fce4-0d33-734b-960a-001e736339d2",
  "endpoints",
  "endpoints/01a1fce4-0d33-734b-960a-001e736339d2",
  "endpoints/01a1fce4-0d33-734b-960a-001e736339d2/health",
  "deliveries",
  "deliveries/01a1fce4-0d33-734b-960a-001e736339d2",
  "deliveries/counts",
  "deliveries/jobs",
  "deliveries/endpoints",
  "catalog",
  "products",
  "products/01a1fce4-0d33-734b-960a-001e736339d2",
  "stream",
];

test("without a session every page leads to signing in, and every live read is refused", async ({
  request,
}) => {
  for (const path of PAGES) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(307);
    expect(response.headers().location, path).toContain("/login?next=");
  }
  for (const path of LIVE) {
    expect((await request.get(`/api/live/${path}`)).status(), path).toBe(401);
  }
});

test("the API wants a key, whoever is signed in, and says so as a problem", async ({ page }) => {
  await signIn(page, "admin");
  for (const path of [
    "orders",
    "orders/01a1fce4-0d33-734b-960a-001e736339d2",
    "products",
    "balance",
    "deliveries",
    "events",
  ]) {
    const response = await page.request.get(`/api/v1/${path}`);
    expect([response.status(), (await response.json()).code], path).toEqual([401, "key_missing"]);
  }
  const nothing = await page.request.get("/api/v1/nothing");
  expect([nothing.status(), (await nothing.json()).code]).toEqual([404, "not_found"]);
  expect((await page.request.get("/api/v1/openapi.json")).status()).toBe(200);
  await page.goto("/api/v1/reference");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keyhold API");
});

test("cron shows its secret", async ({ request }) => {
  for (const path of ["/api/cron/tick", "/api/cron/sweep"]) {
    expect((await request.get(path)).status()).toBe(401);
    expect((await request.get(path, { headers: { authorization: "Bearer wrong" } })).status()).toBe(
      401,
    );
  }
  const secret = setting("KEYHOLD_E2E_CRON_SECRET");
  const sweep = await request.get("/api/cron/sweep", {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(sweep.status()).toBe(200);
  expect(await sweep.json()).toEqual({ worked: expect.any(Number) });
});

test("metrics are for whoever shows the secret, as Prometheus reads them", async ({ request }) => {
  expect((await request.get("/api/metrics")).status()).toBe(401);
  const authorization = `Bearer ${setting("KEYHOLD_E2E_CRON_SECRET")}`;
  const response = await request.get("/api/metrics", { headers: { authorization } });
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toContain("text/plain; version=0.0.4");
  expect(response.headers()["cache-control"]).toBe("no-store");
  const text = await response.text();
  expect(text).toMatch(/^keyhold_engine_workers \d+$/m);
  expect(text).toMatch(/^keyhold_supplier_rate_per_second\{supplier="foxreload"\} [\d.]+$/m);
  expect(text).toMatch(
    /^keyhold_balance_available\{supplier="foxreload",currency="USD"\} [\d.]+$/m,
  );
});

test("health tells of database and schema", async ({ request }) => {
  const response = await request.get("/api/health");
  expect(response.status()).toBe(200);
  expect(await response.json()).toEqual({ status: "ok" });
});

test("security.txt says whom to tell of a hole", async ({ request }) => {
  const response = await request.get("/.well-known/security.txt");
  expect(response.status()).toBe(200);
  expect(response.headers()["content-type"]).toBe("text/plain; charset=utf-8");
  const text = await response.text();
  expect(text).toMatch(/^Contact: mailto:security@keyhold\.example$/m);
  const [, expires = ""] = text.match(/^Expires: (.+)$/m) ?? [];
  expect(Date.parse(expires)).toBeGreaterThan(Date.now());
});

test("junk in addresses is a page that says so, never a crash", async ({ page, complaints }) => {
  await signIn(page, "viewer");
  for (const path of [
    "/orders/junk",
    "/orders/%00",
    "/orders/01a1fce4-0000-734b-960a-001e736339d2",
    "/no-such-page",
  ]) {
    // An order's page streams its skeleton first, so its answer has begun before it is known to be missing.
    const status = (await page.goto(path))?.status() ?? 0;
    expect(path.startsWith("/orders/") ? [200, 404] : [404], path).toContain(status);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  for (const query of [
    "status=junk,<script>",
    "after=junk",
    "search=%25_'%22;--",
    `search=${"x".repeat(3000)}`,
  ]) {
    expect((await page.goto(`/orders?${query}`))?.status(), query).toBe(200);
    expect((await page.request.get(`/api/live/orders?${query}`)).status(), query).toBe(200);
  }
  for (const query of ["show=<script>", "after=junk~", "after=%00", `search=${"x".repeat(3000)}`]) {
    expect((await page.goto(`/supplier-orders?${query}`))?.status(), query).toBe(200);
    expect((await page.request.get(`/api/live/supplier-orders?${query}`)).status(), query).toBe(
      200,
    );
  }
  // The browser reports each 404 itself.
  expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
});

test("every answer forbids framing, sniffing and foreign scripts", async ({ request }) => {
  const { "content-security-policy": policy, ...headers } = (await request.get("/login")).headers();
  expect(policy).toMatch(/script-src [^;]*'nonce-[^']+'[^;]*'strict-dynamic'/);
  for (const rule of [
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["x-powered-by"]).toBeUndefined();
});
