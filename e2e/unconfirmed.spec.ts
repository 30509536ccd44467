import type { Page } from "@playwright/test";
import { treatCreatingAsFree } from "./setup/account.ts";
import { ask } from "./setup/ask.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, FINAL, openedOrder } from "./setup/new-order-page.ts";
import { storyOrder } from "./setup/story.ts";

/** Types why and decides; the dialog goes when it is done. */
async function decide(page: Page, reason: string, verb: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** Tests read what is said of an order while it is still open. */
const SLOWLY = { completeAfter: { ms: 10_000 } };

test.beforeEach(({ sql }) => treatCreatingAsFree(sql, false));
test.afterEach(async ({ sql }) => {
  await treatCreatingAsFree(sql, null);
  await sql("update suppliers set settling_ms = 600000, second_person_above = null");
});

test("an order in doubt shows what is known, and a person adopts its supplier order", async ({
  page,
  simulator,
  sql,
}) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Netflix Gift Card 30 USD");
  const before = (await simulator.truth()).orders.length;
  await simulator.addRule({}, SLOWLY);
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "after" });
  await buy(page);
  const id = await openedOrder(page);

  const known = page.getByRole("region", { name: "What is known" });
  await expect(known).toContainText("Keyhold waits until nothing can appear late");
  await expect(known).toContainText(/for \d+:\d\d/);
  const candidates = known.getByRole("table", { name: "1 supplier order could be it" });
  await expect(candidates.getByRole("row")).toHaveCount(2);
  await expect(candidates).toContainText("the send");
  await expect(known.getByRole("table", { name: /listings? made/ })).toContainText(
    "Far enough back",
  );
  // Too early to say that it wasn't placed: it is there.
  await expect(known.getByRole("button", { name: "Not placed: send again" })).toHaveCount(0);

  const dialog = await ask(page, candidates.getByRole("button", { name: /^Adopt/ }));
  await expect(dialog).toContainText("If anything has changed, nothing is done.");
  await dialog.getByRole("button", { name: "Adopt it" }).click();
  await expect(dialog).toContainText("Write at least 3 characters.");
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  // What was typed outlives the dialog.
  await dialog.getByLabel("Reason").fill("seen in the supplier's own console");
  await page.keyboard.press("Escape");
  await candidates.getByRole("button", { name: /^Adopt/ }).click();
  await decide(page, await dialog.getByLabel("Reason").inputValue(), "Adopt it");

  await expect(page.getByText("Adopted. Keyhold goes on with the supplier’s order.")).toBeVisible();
  await expect(page.getByRole("main")).toContainText(FINAL);
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText(
    "seen in the supplier's own console",
  );
  expect((await simulator.truth()).orders.length).toBe(before + 1);
  expect(
    await sql("select attribution, order_id::text from supplier_orders where order_id = $1::uuid", [
      id,
    ]),
  ).toEqual([{ attribution: "ours", order_id: id }]);
});

test("a picture that has changed meanwhile is shown, not decided on", async ({
  page,
  simulator,
  sql,
}) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Razer Gold 50 USD");
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "after" });
  await buy(page);
  const id = await openedOrder(page);
  const known = page.getByRole("region", { name: "What is known" });
  const dialog = await ask(page, known.getByRole("button", { name: /^Adopt/ }));
  // The page hears of it, but the person has asked before.
  await sql(
    "insert into order_attempts (id, order_id, kind, started_at, finished_at, outcome, detail) " +
      "values (gen_random_uuid(), $1::uuid, 'create', now(), now(), 'unknown', 'a second send')",
    [id],
  );
  await dialog.getByLabel("Reason").fill("it must be this one");
  await dialog.getByRole("button", { name: "Adopt it" }).click();
  await expect(dialog).toContainText("so nothing was done");
  await dialog.getByRole("button", { name: "Look at it" }).click();
  await expect(known).toContainText("a second send");
  await known.getByRole("button", { name: /^Adopt/ }).click();
  await expect(dialog.getByLabel("Reason")).toHaveValue("it must be this one");
  await decide(page, "it must be this one", "Adopt it");
  await expect(page.getByRole("main")).toContainText(FINAL);
});

test("what was not placed is sent again, above a line only with a second person", async ({
  page,
  browser,
  baseURL,
  simulator,
  sql,
}) => {
  await sql("update suppliers set second_person_above = 1");
  await signIn(page, "operator");
  await chooseProduct(page, "Apple Gift Card 25 USD");
  const before = (await simulator.truth()).orders.length;
  await simulator.addRule({}, SLOWLY);
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "before" });
  await buy(page);
  const id = await openedOrder(page);
  const known = page.getByRole("region", { name: "What is known" });
  await expect(known.getByRole("table", { name: "1 listing made" })).toBeVisible();
  await expect(known).toContainText("can be said once the order can’t appear late any more");

  // As if the settling time were over, and the engine had not come round to its next listing.
  await sql("update suppliers set settling_ms = 1000");
  await page.reload();
  await ask(page, page.getByRole("button", { name: "Not placed: propose sending again" }));
  await decide(page, "the supplier says so by phone", "Propose");
  // The engine, which looks once more into what was proposed, doesn't come before the second person.
  const held = "00000000-0000-4000-8000-000000000000";
  await sql(
    "update placement_gates set lease_token = $1::uuid, lease_until = now() + interval '5 minutes' where frozen_at is not null",
    [held],
  );
  await expect(page.getByText("You said that it was not placed")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Not placed/ })).toHaveCount(0);
  expect((await simulator.truth()).orders.length).toBe(before);

  const second = await browser.newContext({ ...(baseURL && { baseURL }), locale: "en-GB" });
  const other = await second.newPage();
  await signIn(other, "admin", `/orders/${id}`);
  await expect(other.getByText("the supplier says so by phone").first()).toBeVisible();
  await ask(other, other.getByRole("button", { name: "Confirm: not placed, send again" }));
  await decide(other, "I have called them too", "Confirm and send again");
  await expect(other.getByText("It is sent again now.")).toBeVisible();
  await second.close();
  await sql(
    "update placement_gates set lease_token = null, lease_until = null where lease_token = $1",
    [held],
  );

  // Where a look at the list was just under way, the engine comes again after a minute: as if that were over.
  await expect(async () => {
    await sql("update orders set next_poll_at = now() where id = $1 and lease_token is null", [id]);
    await expect(page.getByRole("main")).toContainText(FINAL, { timeout: 8_000 });
  }).toPass({ timeout: 90_000 });
  expect((await simulator.truth()).orders.length).toBe(before + 1);
  expect(
    await sql("select action from audit_entries where object_id = $1 order by seq", [id]),
  ).toEqual([
    { action: "order.placed" },
    { action: "order.not-created-proposed" },
    { action: "order.not-created" },
  ]);
});

test("an order is given up; what it left at the supplier is marked as foreign", async ({
  page,
  simulator,
  sql,
}) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Google Play 25 TRY");
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "after" });
  await buy(page);
  const id = await openedOrder(page);
  // A decision counts only for the picture that was seen: wait for the first listing.
  await expect(page.getByRole("table", { name: "1 supplier order could be it" })).toBeVisible();
  await ask(page, page.getByRole("button", { name: "Give up", exact: true }));
  await decide(page, "the customer has left", "Give up the order");
  await expect(page.getByRole("heading", { name: "Given up" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("the customer has left");
  expect(await sql("select status::text from orders where id = $1", [id])).toEqual([
    { status: "rejected" },
  ]);

  await page.getByRole("link", { name: "Supplier orders" }).first().click();
  await expect(page).toHaveURL(/\/supplier-orders$/);
  const row = page.getByRole("row").filter({ hasText: "Google Play 25 TRY" });
  await ask(page, row.getByRole("button", { name: /^Mark as foreign/ }));
  await decide(page, "placed by hand last night", "Mark as foreign");
  await expect(page.getByText("Marked as foreign.")).toBeVisible();
  await page
    .locator("label")
    .filter({ hasText: /^Foreign$/ })
    .click();
  await expect(page).toHaveURL(/show=foreign/);
  await expect(row).toContainText("placed by hand last night");
  await expect(row).toContainText("Priya Nair");
});

test("where creating is free, a lost create is made again and one of the two is paid", async ({
  page,
  simulator,
  sql,
}) => {
  await treatCreatingAsFree(sql, true);
  await signIn(page, "operator");
  await chooseProduct(page, "Uber Gift Card 25 USD");
  const before = (await simulator.truth()).orders.length;
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "after" });
  await buy(page);
  const id = await openedOrder(page);
  await expect(page.getByRole("main")).toContainText(FINAL);
  expect((await simulator.truth()).orders.length).toBe(before + 2);
  expect(
    await sql(
      "select count(*)::int as n from order_attempts where order_id = $1 and kind = 'pay'",
      [id],
    ),
  ).toEqual([{ n: 1 }]);
});

test("somebody who may only look sees the evidence and who may decide", async ({ page, sql }) => {
  const order = await storyOrder(sql, "unconfirmed");
  await signIn(page, "viewer", `/orders/${order.id}`);
  const known = page.getByRole("region", { name: "What is known" });
  await expect(known).toContainText("Operators and admins may decide");
  await expect(known.getByRole("button", { name: /Adopt|Not placed|Give up/ })).toHaveCount(0);
});

test("the same goods a moment ago ask for an explicit yes", async ({ page, simulator, sql }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Test: plain codes");
  await page.getByLabel("Customer reference").fill("E2E-SIMILAR");
  await buy(page);
  const first = await openedOrder(page);
  await expect(page.getByRole("main")).toContainText(FINAL);

  const before = (await simulator.truth()).orders.length;
  await chooseProduct(page, "Test: plain codes");
  await page.getByLabel("Customer reference").fill("E2E-SIMILAR");
  await buy(page);
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("The same goods were ordered a moment ago");
  await expect(dialog).toContainText("Priya Nair");
  await expect(dialog.getByRole("link", { name: "Open it" })).toHaveAttribute(
    "href",
    `/orders/${first}`,
  );
  const yes = dialog.getByRole("button", { name: /^Buy for / });
  await expect(yes).toBeDisabled();
  expect((await simulator.truth()).orders.length).toBe(before);
  await dialog.getByLabel("Order it all the same").check();
  await yes.click();
  const second = await openedOrder(page);
  expect(second).not.toBe(first);
  await expect(page.getByRole("list", { name: "Timeline" })).toContainText("similar order");
  await expect(page.getByRole("main")).toContainText(FINAL);
  expect(
    await sql("select count(*)::int as n from orders where customer_ref = 'E2E-SIMILAR'"),
  ).toEqual([{ n: 2 }]);
});
