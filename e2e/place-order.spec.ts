import { expect, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, FINAL, openedOrder } from "./setup/new-order-page.ts";
import { revealFresh } from "./setup/reveal.ts";
import { storyOrder } from "./setup/story.ts";

test("a plain code: placed, watched without reloading, revealed, recorded", async ({
  page,
  simulator,
}) => {
  await signIn(page, "operator");
  const line = await chooseProduct(page, "Steam Wallet 10 USD");
  await line.getByLabel("Quantity").fill("2");
  await page.getByLabel("Customer reference").fill("E2E-PLAIN");
  await buy(page);
  const id = await openedOrder(page);
  await expect(page.getByRole("main")).toContainText(FINAL);

  const truth = (await simulator.truth()).orders;
  const codes = truth.flatMap(
    (order) => JSON.stringify(order).match(/[A-Z0-9]{5}(?:-[A-Z0-9]{5})+/g) ?? [],
  );
  await expect(page.getByRole("button", { name: /^Reveal code/ })).toHaveCount(2);
  await revealFresh(page);
  const shown = ((await page.getByRole("main").textContent()) ?? "").replace(/\s/g, "");
  expect(codes.some((code) => shown.includes(code))).toBe(true);
  await expect(page.getByText("Priya Nair").first()).toBeVisible();
  await page.getByRole("button", { name: "Hide" }).click();
  const hidden = (await page.content()).replace(/\s/g, "");
  expect(codes.some((code) => hidden.includes(code))).toBe(false);

  // The list finds it by its reference.
  await page.goto("/orders?search=E2E-PLAIN");
  await expect(page.getByRole("row").filter({ hasText: "E2E-PLAIN" })).toHaveCount(1);
  expect(await page.locator(`a[href="/orders/${id}"]`).count()).toBeGreaterThan(0);
});

test("an object code and a top-up with its note field", async ({ page }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Test: codes as objects");
  await buy(page);
  await openedOrder(page);
  await expect(page.getByRole("button", { name: /^Reveal code/ })).toHaveCount(1);

  const line = await chooseProduct(page, "PUBG Mobile 660 UC");
  await page.getByRole("button", { name: "Review order" }).click();
  await expect(line.getByText("The supplier needs this.")).toBeVisible();
  await line.getByLabel("player_id").fill("not a number");
  await page.getByRole("button", { name: "Review order" }).click();
  await expect(line.getByText("Enter a whole number.")).toBeVisible();
  await line.getByLabel("player_id").fill("5512873340");
  await buy(page);
  await openedOrder(page);
  await expect(page.getByRole("main")).toContainText("5512873340");
  await expect(page.getByRole("main")).toContainText(FINAL);
});

test("a mock order costs nothing and says so", async ({ page, sql }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Razer Gold 50 USD");
  await page.getByLabel("Mock order").check();
  await page.getByRole("button", { name: "Review order" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Place mock order" }).click();
  const id = await openedOrder(page);
  await expect(page.getByText("Mock").first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText(FINAL);
  expect(await sql("select is_mock from orders where id = $1", [id])).toEqual([{ is_mock: true }]);
});

test("a double click, and the back button, make one order", async ({ page, simulator, sql }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Xbox Gift Card 10 USD");
  await page.getByLabel("Customer reference").fill("E2E-DOUBLE");
  await page.getByRole("button", { name: "Review order" }).dblclick();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  const before = (await simulator.truth()).orders.length;
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Buy for / })
    .dblclick();
  await openedOrder(page);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole("main")).toContainText(FINAL);
  expect(
    await sql("select count(*)::int as n from orders where customer_ref = 'E2E-DOUBLE'"),
  ).toEqual([{ n: 1 }]);
  expect((await simulator.truth()).orders.length).toBe(before + 1);
});

test("placing needs no mouse", async ({ page }) => {
  await signIn(page, "operator");
  await page.goto("/orders/new");
  await page.getByRole("combobox", { name: "Add a product" }).focus();
  await page.keyboard.type("Roblox 1700");
  await expect(page.getByRole("option").first()).toContainText("Roblox 1700");
  await page.keyboard.press("Enter");
  await expect(
    page.getByRole("region", { name: "Products" }).getByRole("heading", { name: "Roblox 1700" }),
  ).toBeVisible();
  for (let step = 0; step < 25; step++) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (focused.includes("Review order")) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Buy for / })).toBeFocused();
  await page.keyboard.press("Enter");
  await openedOrder(page);
});

test("somebody who may only look can neither place nor reveal", async ({ page, sql }) => {
  await signIn(page, "viewer");
  await page.goto("/orders/new");
  await expect(page.getByRole("heading", { name: "Your role can’t place orders" })).toBeVisible();
  const order = await storyOrder(sql, "plain");
  await page.goto(`/orders/${order.id}`);
  await expect(page.getByText("••••").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Reveal code/ })).toHaveCount(0);
});
