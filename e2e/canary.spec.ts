import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, Response } from "@playwright/test";
import { spellingsOf } from "#prisma/dump.fixture.ts";
import { makeLink } from "./setup/claim-links.ts";
import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { revealFresh } from "./setup/reveal.ts";
import { storyOrder } from "./setup/story.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

const canary = (what: string) => `CNRY-${what}-${randomBytes(9).toString("hex").toUpperCase()}`;

/** What the pages ask for by themselves. */
const LIVE = [
  ...["orders", "codes", "overview", "imports", "supplier-orders", "stock-products", "shell"],
  ...["balance", "suppliers", "catalog", "products"],
  ...["supplier-accounts", "supplier-accounts/foxreload", "inbox", "audit", "api-keys"],
  ...["alerts", "alerts/counts", "alerts/news", "alerts/assignees"],
  ...["endpoints", "deliveries", "deliveries/endpoints", "deliveries/jobs", "deliveries/counts"],
];

/** Every text of codes that is long enough to be told from everything else. */
function secretsIn(codes: unknown): string[] {
  if (typeof codes === "string") {
    return codes.length < 11 || codes.includes("smdp.example") ? [] : [codes];
  }
  return typeof codes === "object" && codes !== null ? Object.values(codes).flatMap(secretsIn) : [];
}

function leaks(secrets: string[], text: string): string[] {
  return secrets.filter((secret) => spellingsOf(secret).some((one) => text.includes(one)));
}

/** Keeps the body of whatever the server answers: pages, RSC streams, JSON, scripts. */
function overhear(page: Page): { heard: () => Promise<string> } {
  const bodies: Promise<string>[] = [];
  const keep = (response: Response) => {
    if (response.url().endsWith("/api/live/stream")) return;
    bodies.push(
      response.text().then(
        (text) => `${response.url()}\n${text}`,
        () => response.url(),
      ),
    );
  };
  page.on("response", keep);
  return { heard: async () => (await Promise.all(bodies)).join("\n") };
}

async function dump(sql: Sql): Promise<string> {
  const tables = await sql(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`);
  const rows: unknown[] = [];
  for (const { name } of tables) {
    rows.push(...(await sql(`select t::text || to_jsonb(t)::text as row from ${name} t`)));
  }
  return rows.map((row) => (row as { row: string }).row).join("\n");
}

/** All that the browser could keep. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      await indexedDB.databases(),
      "caches" in window ? await caches.keys() : [],
      history.state,
    ]),
  );

/** What is delivered to browsers as files. */
function bundles(folder = ".next/static"): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

test("marked codes are shown where they are asked for, and are nowhere else", async ({
  page,
  sql,
  simulator,
  complaints,
}) => {
  test.setTimeout(300_000);
  const { heard } = overhear(page);
  await signIn(page, "operator", "/codes/import");

  // In from a file, one of them refused.
  const marks = ["ONE", "TWO", "PIN", "NOTE", "REFUSED"].map(canary);
  const [one = "", two = "", pin = "", note = "", refused = ""] = marks;
  const text = `Code,PIN,Expiry,Note\n${one},${pin},2099-01-31,${note}\n${two},,,\n${refused},,never,`;
  const csv = { name: "canary.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.locator("input[type=file]").setInputFiles(csv);
  await page.getByText("New product").click();
  await page.getByLabel("Name", { exact: true }).fill("Canary card");
  await page.getByRole("button", { name: "Check against stock" }).click();
  await expect(page.getByText("Checked against stock.")).toBeVisible();
  await page.getByRole("button", { name: /^Import/ }).click();
  await expect(page.getByText("The import is finished")).toBeVisible();
  expect(leaks(marks, await page.content())).toEqual([]);

  // Everywhere, with codes of every shape in the story.
  const order = await storyOrder(sql, "plain");
  const codes = await sql("select id from codes order by id desc limit 5");
  const endpoints = await sql(
    "select id from endpoints where deleted_at is null order by id limit 3",
  );
  const deliveries = await sql(`
    select distinct on (endpoint_id) id from deliveries where state <> 'not_apply' order by endpoint_id, id desc limit 3`);
  const paths = [
    ...["/", "/orders", `/orders/${order.id}`, "/orders/new", "/codes", "/codes?mock=only"],
    ...codes.map(({ id }) => `/codes/${id}`),
    ...endpoints.map(({ id }) => `/settings/endpoints/${id}`),
    ...deliveries.map(({ id }) => `/deliveries/${id}`),
    ...["/settings/endpoints", "/deliveries", "/deliveries/jobs"],
    ...["/alerts", "/alerts?state=all&mock=with"],
    ...["/codes/complaints", "/codes/import", "/supplier-orders", "/balance", "/suppliers"],
  ];
  for (const path of paths) {
    await page.goto(path);
    await page.waitForLoadState("load");
  }
  await page.evaluate(async (names) => {
    for (const name of names) await (await fetch(`/api/live/${name}`)).text();
  }, LIVE);
  // Some of them aren't for an operator.
  expect(complaints.splice(0).filter((text) => !text.includes("403 (Forbidden)"))).toEqual([]);
  const quiet = await heard();

  // Shown, by each door that may, and gone from it afterwards.
  await page.goto(`/orders/${order.id}`);
  await revealFresh(page);
  await page.getByRole("button", { name: "Hide" }).click();
  const hidden = await page.content();
  const link = await makeLink(sql);
  await page.goto(link.path);
  await page.getByRole("button", { name: "Show the code" }).click();
  await expect(page.getByRole("heading", { name: "Your code" })).toBeVisible();
  const kept = await stored(page);
  await page.goto("/codes");

  const { orders } = (await simulator.truth()) as unknown as {
    orders: { items: { codes: unknown }[] }[];
  };
  const delivered = orders.flatMap(({ items }) =>
    items.flatMap(({ codes: all }) => secretsIn(all)),
  );
  expect(delivered.length).toBeGreaterThan(5);
  const secret = link.path.split("#")[1] ?? "";
  const signing = setting("KEYHOLD_E2E_SIGNING_SECRET");
  const ofEndpoints = [signing, signing.slice("whsec_".length)];
  const secrets = [...new Set([...delivered, ...marks, secret, ...ofEndpoints])];
  const sinks = {
    "answers of pages and routes": quiet,
    "the page after hiding": hidden,
    "the browser's storage": `${kept}${await stored(page)}`,
    bundles: bundles(),
    "the database": await dump(sql),
    "logs of server and worker": readFileSync(setting("KEYHOLD_E2E_LOG"), "utf8"),
  };
  for (const [sink, text_] of Object.entries(sinks)) {
    expect(leaks(secrets, text_), sink).toEqual([]);
    expect(text_.length, sink).toBeGreaterThan(1);
  }
  // Overheard it was, when it was shown.
  expect(leaks(delivered, (await heard()).slice(quiet.length)).length).toBeGreaterThan(0);
});
