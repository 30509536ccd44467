import { treatCreatingAsFree } from "./setup/account.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, openedOrder } from "./setup/new-order-page.ts";

test("a price that has changed is told with the form kept, and agreed to anew", async ({
  page,
  sql,
}) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Test: price has just moved");
  await page.getByLabel("Customer reference").fill("E2E-PRICE");
  const changed = page.getByText(/price (has )?changed/i).first();
  await page.getByRole("button", { name: "Review order" }).click();
  // Told before anything is sent where the supplier was just asked, else by its refusal.
  const yes = page.getByRole("alertdialog").getByRole("button", { name: /^Buy for / });
  await expect(yes).toBeVisible();
  const toldBefore = await changed.isVisible();
  await yes.click();
  if (!toldBefore) {
    await expect(changed).toBeVisible();
    await expect(page.getByLabel("Customer reference")).toHaveValue("E2E-PRICE");
    // The question may stand again by itself.
    if (!(await yes.isVisible())) await page.getByRole("button", { name: "Review order" }).click();
    await yes.click();
  }
  const id = await openedOrder(page);
  expect(await sql("select agreed_total::text from orders where id = $1", [id])).toEqual([
    { agreed_total: "4.9500" },
  ]);
});

test("the supplier refuses a price that moves with every order; the form stays", async ({
  page,
}) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Test: price moves with every order");
  await page.getByLabel("Customer reference").fill("E2E-MOVING");
  await buy(page);
  await expect(page.getByText("The supplier refused the order. Nothing was bought.")).toBeVisible();
  await expect(page.getByLabel("Customer reference")).toHaveValue("E2E-MOVING");
});

test("out of stock at the supplier is told at the order", async ({ page, simulator }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Spotify Premium 3 months");
  await page.getByLabel("Customer reference").fill("E2E-STOCK");
  await simulator.addRule({ endpoint: "create", times: 1 }, { outOfStock: true });
  await buy(page);
  await expect(
    page.getByText("The supplier does not have that many.", { exact: false }),
  ).toBeVisible();
  await expect(page.getByLabel("Customer reference")).toHaveValue("E2E-STOCK");
});

test("a balance that doesn't suffice stops the order, unless an admin says why not", async ({
  page,
}) => {
  await signIn(page, "admin");
  await chooseProduct(page, "Test: costs more than the balance");
  await page.getByLabel("Customer reference").fill("E2E-BALANCE");
  await expect(
    page.getByText("This order will not be placed", { exact: false }).first(),
  ).toBeVisible();
  await buy(page);
  const question = page.getByRole("alertdialog");
  await expect(question.getByText("Nothing was ordered.", { exact: false })).toBeVisible();
  await question.getByLabel("Why order all the same?").fill("To see what the supplier says");
  await question.getByRole("button", { name: /^Buy for / }).click();
  await expect(page.getByText("the balance does not cover it", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Customer reference")).toHaveValue("E2E-BALANCE");
});

test("an answer that is lost makes the order unconfirmed, never a second one", async ({
  page,
  simulator,
  sql,
}) => {
  await treatCreatingAsFree(sql, false);
  await signIn(page, "operator");
  await chooseProduct(page, "Nintendo eShop Card 20 USD");
  const before = (await simulator.truth()).orders.length;
  await simulator.addRule({ endpoint: "create", times: 1 }, { loseReply: "after" });
  await buy(page);
  await openedOrder(page);
  await expect(page.getByRole("main")).toContainText("Unconfirmed");
  await expect(page.getByRole("main")).toContainText("nothing will be bought twice");
  expect((await simulator.truth()).orders.length).toBe(before + 1);
});
