import { expect, type Locator, type Page } from "@playwright/test";

/** What an order's page says once nothing more will come. */
export const FINAL = "Final: nothing is left to look for";

/** Opens the form and takes the first product that the words find; answers its line. */
export async function chooseProduct(page: Page, words: string): Promise<Locator> {
  await page.goto("/orders/new");
  const search = page.getByRole("combobox", { name: "Add a product" });
  await search.fill(words);
  await expect(page.getByRole("option").first()).toContainText(words);
  await search.press("Enter");
  const lines = page.getByRole("region", { name: "Products" }).getByRole("listitem");
  const line = lines.filter({ hasText: words });
  await expect(line).toBeVisible();
  return line;
}

/** Opens the question and says yes to it. */
export async function buy(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review order" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Buy for / })
    .click();
}

/** Waits until the page of the new order is there; answers the order's id. */
export async function openedOrder(page: Page): Promise<string> {
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}
