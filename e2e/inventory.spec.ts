import type { Page } from "@playwright/test";
import { ask } from "./setup/ask.ts";
import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { revealFresh } from "./setup/reveal.ts";
import { storyOrder } from "./setup/story.ts";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const PRODUCT = "E2E museum pass";
const [LATER, SOONER, NEVER] = ["MUSE-7F3K-11LA", "MUSE-Q2W8-22SO", "MUSE-4HXD-33NE"] as const;
const PASTED = `code,pin,expiry
${LATER},1001,2031-05-01
${SOONER},1002,2030-05-01
${NEVER},1003,
${LATER},1001,2031-05-01`;

/** Chooses one of a few that stand side by side. */
const choose = (page: Page, words: string) =>
  page
    .locator("label")
    .filter({ hasText: new RegExp(`^${words}$`) })
    .click();

/** The link that a hand-out has just made, which is told this once. */
async function takeLink(page: Page): Promise<string> {
  const told = page.getByRole("alertdialog", { name: "1 code handed out" });
  const link = (await told.getByTestId("claim-link").textContent()) ?? "";
  expect(link).toMatch(/\/claim\/[0-9a-f-]{36}#[\w-]{43}$/);
  // Told once: no key closes it by chance, however often.
  for (let time = 0; time < 4; time++) await page.keyboard.press("Escape");
  await expect(told.getByTestId("claim-link")).toBeVisible();
  await told.getByRole("button", { name: "Done" }).click();
  await expect(told).toHaveCount(0);
  return link;
}

const textOf = async (page: Page) =>
  ((await page.getByRole("main").textContent()) ?? "").replace(/\s/g, "");

test("own codes: imported, handed out by a link, opened on a phone, found bad and replaced", async ({
  page,
  browser,
  baseURL,
  sql,
}) => {
  const origin = baseURL ?? "";

  // Imported by a paste, with one row refused.
  await signIn(page, "operator", "/codes");
  await page.getByRole("link", { name: "Import codes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import codes" })).toBeVisible();
  await choose(page, "Paste");
  await page.getByRole("textbox", { name: "Codes" }).fill(PASTED);
  await expect(page.getByText("3 can be taken")).toBeVisible();
  await expect(page.getByText("The same code stands earlier in this file")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await choose(page, "New product");
  await page.getByLabel("Name", { exact: true }).fill(PRODUCT);
  await page.getByLabel("Cost of each code").fill("12.5");
  await page.getByLabel("Currency").fill("eur");
  await page.getByLabel("Name of this import").fill("E2E purchase 7");
  await page.getByRole("button", { name: "Import 3 codes" }).click();
  await expect(page.getByText("The import is finished")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "E2E purchase 7" })).toContainText("Priya");

  // Handed out from the stock: what expires first goes first.
  await page.getByRole("link", { name: "Go to codes" }).click();
  await page.getByLabel("Search codes").fill(PRODUCT);
  const give = page.getByRole("button", { name: `Hand out ${PRODUCT}` });
  await expect(page.getByRole("row").filter({ has: give })).toContainText("37.50");
  const handOut = await ask(page, give, "Hand out codes");
  await handOut.getByLabel("Customer reference").fill("E2E-MUSEUM");
  expect(await findings(page)).toEqual([]);
  await handOut.getByRole("button", { name: "Hand out 1 code" }).click();
  const link = await takeLink(page);

  // Opened by its customer, who has nothing else of Keyhold.
  const phone = await browser.newContext({ ...PHONE, locale: "en-GB" });
  const customer = await phone.newPage();
  await customer.goto(link);
  await customer.getByRole("button", { name: "Show the code" }).tap();
  await expect(customer.getByRole("heading", { name: "Your code" })).toBeVisible();
  const shown = await textOf(customer);
  expect(shown).toContain(SOONER);
  expect(shown).toContain("1002");
  expect(shown).not.toContain(LATER);

  // The customer writes back what it says: which code is it?
  const find = await ask(page, page.getByRole("button", { name: "Find a code" }), "Find a code");
  await find.getByLabel("Value").fill("MUSE-0000-0000");
  await find.getByRole("button", { name: "Find code" }).click();
  await expect(find.getByText("No code here has this value.")).toBeVisible();
  await find.getByLabel("Value").fill(` ${SOONER}\t`);
  await find.getByRole("button", { name: "Find code" }).click();
  await expect(find.getByText("1 code has this value")).toBeVisible();
  await find.getByRole("link").click();
  await page.waitForURL(/\/codes\/[0-9a-f-]{36}$/);
  const badId = new URL(page.url()).pathname.split("/")[2] ?? "";
  expect(page.url()).not.toContain("MUSE");
  const history = page.getByRole("list", { name: "History" });
  await expect(history).toContainText("Imported and sealed");
  await expect(history).toContainText("Handed out (claim link)");
  await expect(history).toContainText("Claim link opened by the customer");
  await expect(history).toContainText("Found by its value");
  await expect(page.getByRole("list", { name: "Claim links" })).toContainText("Opened");

  // Bad; a reason that tells the code isn't kept.
  const markIt = page.getByRole("button", { name: "Mark as bad" });
  const mark = await ask(page, markIt, "Mark as bad");
  await mark.getByLabel("What happened").fill(`The till refuses ${SOONER}`);
  await mark.getByRole("button", { name: "Mark as bad" }).click();
  await expect(mark).toContainText("no text may have the code in it");
  await mark.getByLabel("What happened").fill("The till refuses it");
  await mark.getByRole("button", { name: "Mark as bad" }).click();
  await expect(mark).toHaveCount(0);
  await expect(history).toContainText("The till refuses it");

  // Replaced for the same customer.
  const replace = await ask(
    page,
    page.getByRole("button", { name: "Replace", exact: true }),
    "Replace a bad code",
  );
  await expect(replace.getByLabel("Customer reference")).toHaveValue("E2E-MUSEUM");
  await replace.getByRole("button", { name: "Replace code" }).click();
  const second = await takeLink(page);
  await expect(page.getByText("Replaced by")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByText("Replaced by").getByRole("link").click();
  await expect(page.getByText("Given for the bad code")).toBeVisible();
  const goodId = new URL(page.url()).pathname.split("/")[2] ?? "";
  expect(goodId).not.toBe(badId);

  // The first link shows nothing more; the second is taken back before anybody opens it.
  await customer.goto("about:blank");
  await customer.goto(link);
  await expect(customer.getByRole("heading", { name: /opened already/ })).toBeVisible();
  const links = page.getByRole("list", { name: "Claim links" });
  const revoke = await ask(
    page,
    links.getByRole("button", { name: "Revoke" }),
    "Revoke the claim link",
  );
  await revoke.getByRole("button", { name: "Revoke link" }).click();
  await expect(links).toContainText("Revoked");
  await customer.goto(new URL(second, origin).href);
  await expect(customer.getByRole("heading", { name: "This link was taken back" })).toBeVisible();
  await phone.close();

  // All of it stands in the audit log, and the codes in none of it.
  const told = async (kind: string, id: string) =>
    (
      await sql(
        "select action from audit_entries where object_kind = $1 and object_id = $2 order by seq",
        [kind, id],
      )
    ).map(({ action }) => action);
  expect(await told("code", badId)).toEqual([
    "code.handed_out",
    "code.searched",
    "code.marked_bad",
    "code.replaced",
  ]);
  expect(await told("code", goodId)).toEqual(["code.handed_out"]);
  const [bad] = await sql("select hand_out_id::text, import_id::text from codes where id = $1", [
    badId,
  ]);
  expect(await told("hand_out", String(bad?.hand_out_id))).toEqual([
    "claim_link.made",
    "claim_link.opened",
  ]);
  expect(await told("import", String(bad?.import_id))).toEqual(["import.begun", "import.finished"]);
  expect(
    await sql("select state::text from codes where import_id::text = $1 order by state::text", [
      bad?.import_id,
    ]),
  ).toEqual([{ state: "available" }, { state: "handed_out" }, { state: "replaced" }]);
  expect(
    await sql("select count(*)::int as n from audit_entries a where a::text ~ 'MUSE-[A-Z0-9]{4}'"),
  ).toEqual([{ n: 0 }]);
});

test("somebody who may only look reveals nothing, by no door", async ({
  page,
  browser,
  baseURL,
  sql,
}) => {
  // What an operator's browser sends to reveal a code …
  await signIn(page, "operator");
  const order = await storyOrder(sql, "plain");
  await page.goto(`/orders/${order.id}`);
  const sending = page.waitForRequest(
    (request) => request.method() === "POST" && "next-action" in request.headers(),
  );
  await revealFresh(page);
  const sent = await sending;
  const shown = (await page.getByRole("main").textContent()) ?? "";

  // … opens nothing for a viewer, who finds no button for it either.
  const context = await browser.newContext({ ...(baseURL && { baseURL }), locale: "en-GB" });
  const viewer = await context.newPage();
  await signIn(viewer, "viewer", "/codes");
  // Of codes: the engine goes on meanwhile.
  const ofCodes = "select count(*)::int as n from audit_entries where action like 'code.%'";
  const before = await sql(ofCodes);
  const { "next-action": action = "", "content-type": type = "" } = sent.headers();
  const answer = await viewer.request.post(sent.url(), {
    headers: { "next-action": action, "content-type": type, origin: new URL(sent.url()).origin },
    data: sent.postDataBuffer() ?? "",
  });
  const text = await answer.text();
  expect(text).toContain("forbidden");
  for (const part of shown.match(/[A-Z0-9]{5}(?:-[A-Z0-9]{5})+/g) ?? []) {
    expect(text).not.toContain(part);
  }
  expect(await sql(ofCodes)).toEqual(before);

  await expect(viewer.getByRole("heading", { level: 1, name: "Codes" })).toBeVisible();
  for (const name of [/^Hand out/, "Find a code", /low-stock line/]) {
    await expect(viewer.getByRole("button", { name })).toHaveCount(0);
  }
  await expect(viewer.getByRole("link", { name: "Import codes" })).toHaveCount(0);
  const [code] = await sql(
    "select id from codes where state = 'available' and not is_mock order by id limit 1",
  );
  await viewer.goto(`/codes/${code?.id}`);
  await expect(viewer.getByText("Your role sees that the code exists")).toBeVisible();
  await expect(viewer.getByRole("button", { name: /^Reveal|^Mark|^Hand/ })).toHaveCount(0);
  await viewer.goto("/codes/import");
  await expect(viewer.getByRole("heading", { name: "You can’t import codes" })).toBeVisible();
  await context.close();
});

test("the story's codes: a bad one and its replacement, a complaint, a line that is crossed", async ({
  page,
}) => {
  const stock = "Amazon Gift Card 25 EUR";
  await signIn(page, "operator", "/codes?search=SHOP-10428");
  const rows = page.getByRole("table", { name: "Codes, one by one" }).getByRole("row");
  await expect(rows.filter({ hasText: "Replaced" })).toHaveCount(1);
  await rows.filter({ hasText: "Handed out" }).getByRole("link").first().click();
  await expect(page.getByText("Given for the bad code")).toBeVisible();
  await expect(page.getByRole("list", { name: "Claim links" })).toContainText("Not opened yet");

  // Its product's codes, and no others.
  await page.getByRole("main").getByRole("link", { name: stock }).click();
  await expect(page).toHaveURL(/\/codes\?product=[0-9a-f-]{36}$/);
  await expect(rows.filter({ hasText: stock }).first()).toBeVisible();
  await expect(rows.filter({ hasText: "Netflix" })).toHaveCount(0);
  const line = page.getByRole("button", { name: `Change the low-stock line of ${stock}` });
  await expect(line).toContainText("5");
  const dialog = await ask(page, line, "Low-stock line");
  await dialog.getByLabel("Fewer than this is low").fill("6");
  await dialog.getByRole("button", { name: "Set line" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(line).toContainText("6");

  await page.goto("/codes");
  await expect(page.getByRole("list", { name: "What should be done soon" })).toContainText("below");
  await page.getByRole("link", { name: /open complaint/ }).click();
  await expect(page.getByRole("main")).toContainText("Ticket 5512");
  await page.goto("/");
  await expect(page.getByRole("main")).toContainText(stock);
});
