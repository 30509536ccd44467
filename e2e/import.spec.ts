import type { Page } from "@playwright/test";
import { findings } from "./setup/axe.ts";
import { expect, forgetSession, signIn, test } from "./setup/fixtures.ts";

const COUNT = 2_300;
const lines = Array.from(
  { length: COUNT },
  (_, at) => `E2EI-${at}-${"XK7PQ22DMM41".slice(at % 4)}`,
);

const twoPortions = lines.slice(0, 1_200);

/** A file as a browser is given one; named by its test, since imports are known by it. */
const file = (name: string, text: string) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(text),
});

async function choose(page: Page, name: string, text: string): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(file(name, text));
  await expect(page.getByRole("heading", { name: "Columns" })).toBeVisible();
}

async function nameProduct(page: Page, name: string): Promise<void> {
  await page.getByText("New product").click();
  await page.getByLabel("Name", { exact: true }).fill(name);
}

const importButton = (page: Page) => page.getByRole("button", { name: /^Import .* codes?$/ });

test("a file: columns, preview, import, duplicates, the list", async ({ page, sql }) => {
  await signIn(page, "operator", "/codes/import");
  const text = [
    "Gift code,PIN,Expiry,Issuer",
    ...lines.slice(0, 3).map((code) => `${code},0042,2099-01-31,Acme`),
    `${lines[0]},1,,`,
    ",7,,",
    "1.23457E+15,,,",
    `${lines[3]},,31/02/2030,`,
  ].join("\r\n");
  await choose(page, "small.csv", text);
  await expect(page.getByLabel("Gift code")).toHaveValue("code");
  await expect(page.getByLabel("Expiry", { exact: true })).toHaveValue("expiry");
  await expect(page.getByLabel("Issuer")).toHaveValue("keep");
  // Nothing of it is to be read over somebody's shoulder.
  await expect(page.getByRole("main")).not.toContainText(lines[0] ?? "");
  await page.getByLabel("Show texts").check();
  await expect(page.getByRole("main")).toContainText(lines[0] ?? "");
  await page.getByLabel("Show texts").uncheck();
  const refused = page.getByRole("table", { name: "Refused rows" });
  await expect(refused).toContainText("The same code stands earlier in this file");
  await expect(refused).toContainText("There is no code in this row");
  await expect(refused).toContainText("A spreadsheet has shortened this number");
  await expect(refused).toContainText("The expiry date can’t be read");
  await page.getByRole("button", { name: "Check against stock" }).click();
  await expect(page.getByText("Checked against stock.")).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await importButton(page).click();
  await expect(page.getByText("Choose the product.")).toBeVisible();
  await nameProduct(page, "E2E Import Card");
  await page.getByLabel("Cost of each code").fill("4.5");
  await page.getByLabel("Currency").fill("usd");
  await importButton(page).click();
  await expect(page.getByText("The import is finished")).toBeVisible();
  await expect(page.getByText("3 taken, 4 refused.").first()).toBeVisible();
  expect(
    await sql(`
      select c.state, c.cost::text, c.currency, c.expires_at is not null as expires
      from codes c join code_imports i on i.id = c.import_id where i.source = 'small.csv'`),
  ).toEqual(Array(3).fill({ state: "available", cost: "4.5000", currency: "USD", expires: true }));

  // The same file again is known, and anew each of its codes.
  await page.getByRole("button", { name: "Import another file" }).click();
  await choose(page, "small.csv", text);
  await nameProduct(page, "E2E Import Card");
  await importButton(page).click();
  await expect(page.getByText("These rows were imported before")).toBeVisible();
  await page.getByRole("button", { name: "Import anew" }).click();
  await expect(page.getByText("0 taken, 7 refused.").first()).toBeVisible();
  await page.getByRole("button", { name: "7 rows" }).first().click();
  await expect(page.getByRole("dialog")).toContainText("This code is in stock already, or was");
  expect(await findings(page)).toEqual([]);
});

test("a page that is left in the middle: the same file goes on", async ({ page, sql }) => {
  await signIn(page, "operator", "/codes/import");
  const begin = async () => {
    await choose(page, "long.csv", lines.map((code) => `L${code}`).join("\n"));
    await nameProduct(page, "E2E Long Card");
    await importButton(page).click();
  };
  // The second portion never arrives.
  let posts = 0;
  await page.route("**/codes/import", async (route) => {
    if (route.request().method() === "POST" && ++posts === 3) return;
    await route.continue();
  });
  await begin();
  await expect(page.getByText(`1,000 of 2,300 rows`)).toBeVisible();
  await page.unroute("**/codes/import");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("about:blank");
  await page.goto("/codes/import");
  const row = page.getByRole("row").filter({ hasText: "long.csv" });
  await expect(row).toContainText("Not finished");
  await begin();
  await expect(page.getByText("This import is not finished")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The import is finished")).toBeVisible();
  await expect(row).toContainText("Finished");
  expect(
    await sql(`
      select count(*)::int as codes, count(distinct blind_index)::int as different
      from codes c join code_imports i on i.id = c.import_id where i.source = 'long.csv'`),
  ).toEqual([{ codes: COUNT, different: COUNT }]);
});

test("stopped by somebody, it takes nothing more; a viewer takes nothing at all", async ({
  page,
  sql,
}) => {
  await signIn(page, "operator", "/codes/import");
  let stopped = false;
  await page.route("**/codes/import", async (route) => {
    // Somebody else stops it between two portions.
    if (
      !stopped &&
      (await sql("select 1 from code_imports where source = 'stopped' and done > 0")).length
    ) {
      await sql("update code_imports set stopped_at = now() where source = 'stopped'");
      stopped = true;
    }
    await route.continue();
  });
  await page.getByText("Paste", { exact: true }).click();
  await page
    .getByRole("textbox", { name: "Codes", exact: true })
    .fill(twoPortions.map((code) => `S${code}`).join("\n"));
  // Looking at the other way loses nothing.
  await page.getByText("File", { exact: true }).click();
  await page.getByText("Paste", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Codes", exact: true })).toHaveValue(/^SE2EI-0-/);
  await nameProduct(page, "E2E Stopped Card");
  await page.getByLabel("Name of this import").fill("stopped");
  await importButton(page).click();
  await expect(page.getByText("The import is stopped. What was taken stays")).toBeVisible();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText("The import is finished")).toBeVisible();

  await forgetSession(page);
  await signIn(page, "viewer", "/codes/import");
  await expect(page.getByText("You can’t import codes")).toBeVisible();
});
