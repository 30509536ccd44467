import type { Page } from "@playwright/test";
import { startOzzobit } from "#simulator/ozzobit/server.ts";
import { startPushing } from "#simulator/pushing/server.ts";
import { startSimulator } from "#simulator/server.ts";
import { expect, forgetSession, setting, signIn, test } from "./setup/fixtures.ts";
import { buy, FINAL, openedOrder } from "./setup/new-order-page.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Long enough for a person to replace a key while an order is under way. */
const COMPLETES_AFTER_MS = 12_000;

const hookOf = (slug: string) => `${setting("KEYHOLD_E2E_URL")}/api/webhooks/${slug}`;

async function control(controlUrl: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(controlUrl + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status, path).toBeLessThan(300);
}

/** Fills the form in as far as every kind goes, tries it out and adds it. */
async function addSupplier(
  page: Page,
  { kind, name, fill }: { kind: string; name: string; fill: () => Promise<void> },
): Promise<void> {
  await signIn(page, "admin", "/settings/suppliers");
  await page.getByRole("link", { name: "Add supplier" }).click();
  await page.getByRole("group").getByText(kind, { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await fill();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText(/The connection works|Not tried/)).toBeVisible();
  await page.getByRole("button", { name: "Add supplier" }).click();
}

/** The secret that Keyhold made, told this once. */
async function takeMadeSecret(page: Page, slug: string): Promise<string> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByTestId("webhook-address")).toHaveText(hookOf(slug));
  const secret = (await dialog.getByTestId("made-webhookSecret").textContent()) ?? "";
  expect(secret.length).toBeGreaterThanOrEqual(24);
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  return secret;
}

async function isAdded(page: Page, slug: string, name: string): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`/settings/suppliers/${slug}$`));
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Opens the form with a product of the account, by its id or name, once its catalogue has been read. */
async function chooseFrom(page: Page, sql: Sql, slug: string, product: string): Promise<void> {
  let id: unknown;
  await expect(async () => {
    const [row] = await sql(
      `select p.id::text from products p join suppliers s on s.id = p.supplier_id
       where s.slug = $1 and (p.external_id = $2 or p.name like $2 || ' (%') and p.gone_at is null limit 1`,
      [slug, product],
    );
    id = row?.id;
    expect(id).toBeTruthy();
  }).toPass({ timeout: 120_000 });
  await page.goto(`/orders/new?product=${id}`);
  await expect(
    page.getByRole("region", { name: "Products" }).getByRole("listitem").first(),
  ).toBeVisible();
}

async function replaceSecret(page: Page, slug: string, name: string, to: string): Promise<void> {
  await page.goto(`/settings/suppliers/${slug}`);
  await page.getByRole("button", { name: `Replace ${name}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(name, { exact: true }).fill(to);
  await dialog.getByRole("button", { name: "Replace secret" }).click();
  await expect(page.getByRole("dialog", { name: `${name} is replaced` })).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).first().click();
  await expect(page.getByText(`Ends in ${to.slice(-4)}`)).toBeAttached();
}

async function isCompleted(page: Page, sql: Sql, id: string): Promise<void> {
  await page.goto(`/orders/${id}`);
  await expect(page.getByRole("main")).toContainText(FINAL, { timeout: 90_000 });
  expect(await sql("select status::text from orders where id = $1", [id])).toEqual([
    { status: "completed" },
  ]);
}

test.afterAll(async ({ browser: _ }) => {
  // Nothing answers for these any more: what comes after is not to search their goods, or call them.
  const { Client } = await import("pg");
  const client = new Client({ connectionString: setting("KEYHOLD_E2E_DATABASE_URL") });
  await client.connect();
  await client.query(`
    update products set gone_at = now()
    where supplier_id in (select id from suppliers where slug like 'e2e-%')`);
  await client.query(
    "update suppliers set kind = 'ended', revision = revision + 1 where slug like 'e2e-%'",
  );
  await client.end();
});

test("a supplier with signed webhooks: added, ordered from, its key replaced meanwhile", async ({
  page,
  sql,
}) => {
  test.setTimeout(400_000);
  const supplier = await startPushing({ apiKey: "first-key-0001", completeAfterMs: 0 });
  try {
    const slug = "e2e-pushing";
    await addSupplier(page, {
      kind: "Signed webhooks",
      name: "E2E pushing",
      async fill() {
        await expect(page.getByLabel("Short name")).toHaveValue(slug);
        await page.getByLabel("Address of its API").fill(supplier.url);
        await page.getByLabel("API key", { exact: true }).fill("wrong-key-0000");
        await page.getByLabel(/^Read an order/).fill("/orders/{id}");
        await page.getByLabel(/^Find by our reference/).fill("/orders?reference={reference}");
        await page.getByLabel(/^Read the balance/).fill("/balance");
        await page.getByLabel(/^Its catalogue/).fill("/products");
        await page.getByLabel("What a message counts for").selectOption("all");
        await page.getByRole("button", { name: "Test connection" }).click();
        await expect(page.getByText("It doesn’t take the key")).toBeVisible();
        await page.getByLabel("API key", { exact: true }).fill("first-key-0001");
      },
    });
    const secret = await takeMadeSecret(page, slug);
    await isAdded(page, slug, "E2E pushing");
    expect(await page.content()).not.toContain(secret.slice(6));
    expect(await page.content()).not.toContain("first-key-0001");
    await control(supplier.controlUrl, "/webhook", { url: hookOf(slug), secret });
    await control(supplier.controlUrl, "/settings", { completeAfterMs: COMPLETES_AFTER_MS });

    await chooseFrom(page, sql, slug, "card-25");
    await buy(page);
    const id = await openedOrder(page);
    await control(supplier.controlUrl, "/settings", { apiKey: "second-key-0002" });
    await replaceSecret(page, slug, "API key", "second-key-0002");
    await isCompleted(page, sql, id);

    // What it told is in the inbox, once each, without what is in it.
    await page.goto(`/suppliers/inbox?supplier=${slug}`);
    const told = page.getByRole("row").filter({ hasText: "order.fulfilled" });
    await expect(told).toHaveCount(1);
    await expect(told).toContainText("Done");
    await told.getByRole("link").click();
    const says = page.getByRole("region", { name: "What it says" });
    await expect(says).toContainText('"status": "fulfilled"');
    await expect(says).toContainText("•••• (16 characters)");
    await page.getByRole("button", { name: "Work on it again" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why").fill("To see that nothing happens twice");
    await dialog.getByRole("button", { name: "Work on it again" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("main")).toContainText("Done");
    expect(await sql("select count(*)::int as n from codes where order_id = $1", [id])).toEqual([
      { n: 1 },
    ]);
  } finally {
    await supplier.close();
  }
});

test("another FoxReload account: added, ordered from, its key replaced meanwhile", async ({
  page,
  sql,
}) => {
  test.setTimeout(400_000);
  // Its orders end when the test says so, and none before.
  const completeMs = { minMs: 600_000, maxMs: 600_000 };
  const supplier = await startSimulator({ apiKey: "another-key-0001", timing: { completeMs } });
  try {
    const slug = "e2e-foxreload";
    await addSupplier(page, {
      kind: "FoxReload",
      name: "E2E FoxReload",
      async fill() {
        await page.getByLabel("Address of its API").fill(supplier.url);
        await page.getByLabel("API key", { exact: true }).fill("another-key-0001");
      },
    });
    await isAdded(page, slug, "E2E FoxReload");
    await chooseFrom(page, sql, slug, "Steam Wallet 20 EUR");
    await buy(page);
    const id = await openedOrder(page);
    const status = async () => {
      const [row] = await sql("select status::text from orders where id = $1", [id]);
      return row?.status;
    };
    await expect.poll(status, { timeout: 60_000 }).toBe("processing");

    // Both keys work while the one is replaced by the other; then the old one ends, with the order still open.
    const [old, fresh] = ["another-key-0001", "another-key-0002"];
    await control(supplier.controlUrl, "/keys", { apiKeys: [old, fresh] });
    await replaceSecret(page, slug, "API key", fresh);
    await control(supplier.controlUrl, "/keys", { apiKeys: [fresh] });
    expect(await status()).toBe("processing");
    await control(supplier.controlUrl, "/advance", { ms: completeMs.maxMs });
    await isCompleted(page, sql, id);
  } finally {
    await supplier.close();
  }
});

test("OZZOBiT: added, ordered from, paid at its page, its secret replaced meanwhile", async ({
  page,
  sql,
}) => {
  test.setTimeout(400_000);
  const supplier = await startOzzobit({ apiKey: "oz-key-0001", apiSecret: "oz-secret-0001" });
  try {
    const slug = "e2e-ozzobit";
    await addSupplier(page, {
      kind: "OZZOBiT",
      name: "E2E OZZOBiT",
      async fill() {
        await page.getByLabel("Address of its API").fill(supplier.baseUrl);
        await page.getByLabel(/^Address of its socket/).fill(supplier.socketUrl);
        await page.getByLabel("API key", { exact: true }).fill("oz-key-0001");
        await page.getByLabel("API secret", { exact: true }).fill("oz-secret-0001");
        await page
          .getByLabel("Products", { exact: true })
          .fill("btc-50; Bitcoin for 50 USD; BUY; BTC; bitcoin; 50");
      },
    });
    const secret = await takeMadeSecret(page, slug);
    await isAdded(page, slug, "E2E OZZOBiT");
    await control(supplier.controlUrl, "/webhook", { url: hookOf(slug), secret });
    await expect(page.getByRole("region", { name: "Socket" })).toContainText("Connected");

    // It waits to be paid until the test says that it was.
    await control(supplier.controlUrl, "/fate", { way: null });
    await chooseFrom(page, sql, slug, "btc-50");
    await page.getByLabel("walletAddress").fill("bc1qexampleexampleexample");
    await buy(page);
    const id = await openedOrder(page);
    const path = `/api/orders/${id}/payment-page`;
    const link = page.getByRole("link", { name: "Open payment page" });
    await expect(link).toHaveAttribute("href", path);
    await expect(link).toHaveAttribute("rel", "noreferrer");
    expect(await page.content()).not.toContain("pay.example.com");
    const [order] = await sql("select supplier_order_id as theirs from orders where id = $1", [id]);
    const sentOn = await page.request.get(path, { maxRedirects: 0 });
    expect(sentOn.status()).toBe(303);
    expect(sentOn.headers().location).toBe(`https://pay.example.com/${order?.theirs}`);

    await control(supplier.controlUrl, "/account", { apiSecret: "oz-secret-0002" });
    await replaceSecret(page, slug, "API secret", "oz-secret-0002");
    for (const status of ["PROCESSING", "COMPLETED"]) {
      await control(supplier.controlUrl, "/status", { id: order?.theirs, status });
    }
    await isCompleted(page, sql, id);
    await expect(link).toBeHidden();
  } finally {
    await supplier.close();
  }
});

test("a pause has a reason and an end, and whoever orders is told", async ({ page, sql }) => {
  await signIn(page, "admin", "/settings/suppliers/foxreload");
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Pause ordering" }).click();
  await expect(dialog.getByText("Say why, in at least 3 characters.")).toBeVisible();
  await dialog.getByLabel("Why").fill("Prices are being checked");
  await dialog.getByRole("button", { name: "Pause ordering" }).click();
  await expect(page.getByText("Prices are being checked")).toBeVisible();
  await expect(page.getByText("Ordering paused").first()).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Resume ordering" }).click();
  await expect(page.getByText("Prices are being checked")).toBeHidden();
  const actions = await sql(
    "select action from audit_entries where object_kind = 'supplier' order by seq desc limit 2",
  );
  expect(actions.map(({ action }) => action)).toEqual([
    "supplier.ordering-resumed",
    "supplier.ordering-paused",
  ]);
});

test("limits are changed by whoever may, within what can be", async ({ page, sql }) => {
  await signIn(page, "admin", "/settings/suppliers/foxreload/limits");
  const calls = page.getByLabel("Calls a minute");
  const before = await calls.inputValue();
  await calls.fill("3");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Enter a whole number from 6 to 100,000.")).toBeVisible();
  await expect(calls).toBeFocused();
  await calls.fill("90");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/settings\/suppliers\/foxreload$/);
  await expect(page.getByText("90 allowed at the most")).toBeVisible();
  const read =
    "select calls_per_minute as n from call_budgets b join suppliers s on s.id = b.supplier_id where s.slug = 'foxreload'";
  expect(await sql(read)).toEqual([{ n: 90 }]);
  await page.goto("/settings/suppliers/foxreload/limits");
  await calls.fill(before);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(/\/settings\/suppliers\/foxreload$/);
});

test("what can't be is said at its field, and others change nothing", async ({ page }) => {
  await signIn(page, "admin", "/settings/suppliers/new");
  await page.getByRole("button", { name: "Add supplier" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.getByLabel("Name", { exact: true }).fill("Odd");
  await page.getByLabel("Address of its API").fill("ftp://api.example.com");
  await page.getByText("Show all words").click();
  await page.getByLabel(/^Words for where an order stands/).fill("done completed");
  await page.getByRole("button", { name: "Add supplier" }).click();
  await expect(page.getByText("One pair a line, as name = value, each name once.")).toBeVisible();

  await forgetSession(page);
  await signIn(page, "viewer", "/settings/suppliers");
  await expect(page.getByRole("link", { name: "FoxReload" }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Add supplier" })).toBeHidden();
  await page.goto("/settings/suppliers/foxreload");
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeHidden();
  for (const path of ["new", "foxreload/edit", "foxreload/limits"]) {
    await page.goto(`/settings/suppliers/${path}`);
    await expect(page.getByText("Only admins set suppliers up.")).toBeVisible();
  }
});

test("a webhook that nobody signed is refused, and an unknown supplier isn't there", async ({
  request,
}) => {
  const data = { event: "order.fulfilled" };
  expect((await request.post("/api/webhooks/nobody", { data })).status()).toBe(404);
  expect([400, 401]).toContain((await request.post("/api/webhooks/foxreload", { data })).status());
});
