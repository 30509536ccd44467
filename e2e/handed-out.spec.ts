import type { Locator, Page } from "@playwright/test";
import { ask } from "./setup/ask.ts";
import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

/** Of the story's own goods. */
const PRODUCT = "Cinema voucher, 2 seats";
const CODES = /CINE(?:-[A-Z0-9]{4}){3}/g;

/** Every code in the page, on the screen or not. */
const codesIn = async (page: Page): Promise<string[]> => {
  const text = await page.evaluate(() => document.body.textContent ?? "");
  return [...new Set(text.replace(/\s/g, "").match(CODES) ?? [])];
};

/** Gives some of the product to a customer by a way that shows them; answers what is told then. */
async function handOut(page: Page, way: string, quantity: number): Promise<Locator> {
  const button = page.getByRole("button", { name: `Hand out ${PRODUCT}` });
  const dialog = await ask(page, button, "Hand out codes");
  await dialog.getByLabel("Customer reference").fill("E2E-SHOWN");
  await dialog.getByLabel("Quantity").fill(String(quantity));
  await dialog.getByRole("radio", { name: way }).check();
  const give = dialog.getByRole("button", { name: /^Hand out \d/ });
  await give.click();
  await expect(dialog.getByText("Say why", { exact: false })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Told on the phone" }).click();
  await give.click();
  const told = page.getByRole("alertdialog", { name: /^\d codes? handed out$/ });
  await expect(told).toBeVisible();
  // What shows the codes is loaded when it is needed.
  await expect.poll(() => codesIn(page)).not.toEqual([]);
  return told;
}

async function setVisible(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

const gone = "The codes are no longer held by this page";

test("codes handed out by reveal are shown one at a time, each once, and forgotten on time", async ({
  page,
  sql,
}) => {
  await page.clock.install();
  await signIn(page, "operator", "/codes");
  const told = await handOut(page, "Reveal here", 3);
  const [first] = await codesIn(page);
  expect(await codesIn(page)).toHaveLength(1);

  // The next one takes the place of the one before, which isn't held any more.
  await told.getByRole("button", { name: "Show code 2" }).click();
  await expect(told.getByText("No longer held here")).toHaveCount(1);
  const second = await codesIn(page);
  expect(second).toHaveLength(1);
  expect(second).not.toContain(first);

  // Half a minute each; time passes by itself as well, so that a slow machine needs some of it.
  await page.clock.runFor(15_000);
  expect(await codesIn(page)).toEqual(second);
  await page.clock.runFor(16_000);
  await expect(told.getByRole("button", { name: "Hide" })).toHaveCount(0);
  expect(await codesIn(page)).toEqual([]);
  await expect(told.getByText("No longer held here")).toHaveCount(2);

  // The third, which nobody looked at, is forgotten when the time of all is over.
  await expect(told.getByRole("button", { name: "Show code 3" })).toBeVisible();
  await page.clock.runFor(61_000);
  await expect(told.getByText(gone)).toBeVisible();
  await expect(told.getByRole("button", { name: /^Show/ })).toHaveCount(0);
  await told.getByRole("button", { name: "Done" }).click();

  expect(
    await sql(
      `select reason from audit_entries a join codes c on c.id::text = a.object_id
       where a.action = 'code.revealed' and c.customer_ref = 'E2E-SHOWN'`,
    ),
  ).toEqual(Array.from({ length: 3 }, () => ({ reason: "Told on the phone" })));
});

test("what is handed out by reveal is forgotten at once with its tab, and where the page is kept", async ({
  page,
}) => {
  await signIn(page, "operator", "/codes");
  let told = await handOut(page, "Reveal here", 2);
  expect(await codesIn(page)).toHaveLength(1);
  await setVisible(page, "hidden");
  await expect(told.getByText(gone)).toBeVisible();
  expect(await codesIn(page)).toEqual([]);
  await setVisible(page, "visible");
  await told.getByRole("button", { name: "Done" }).click();

  told = await handOut(page, "Reveal here", 1);
  const kept = await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    return document.body.textContent ?? "";
  });
  expect(kept.replace(/\s/g, "").match(CODES)).toBeNull();
});

test("a slip's codes are on no screen, and forgotten after two minutes or with the tab", async ({
  page,
}) => {
  await page.clock.install();
  await signIn(page, "operator", "/codes");
  const told = await handOut(page, "Printed slip", 2);
  const paper = page.locator(".kh-slip");
  await expect(paper).toHaveCount(1);
  await expect(paper).toBeHidden();
  expect(await codesIn(page)).toHaveLength(2);
  await page.emulateMedia({ media: "print" });
  await expect(paper).toBeVisible();
  await expect(told).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  await page.clock.runFor(60_000);
  await expect(paper).toHaveCount(1);
  await page.clock.runFor(61_000);
  await expect(told.getByText(gone)).toBeVisible();
  await expect(paper).toHaveCount(0);
  expect(await codesIn(page)).toEqual([]);
  await told.getByRole("button", { name: "Done" }).click();

  await handOut(page, "Printed slip", 1);
  await expect(paper).toHaveCount(1);
  await setVisible(page, "hidden");
  await expect(paper).toHaveCount(0);
});
