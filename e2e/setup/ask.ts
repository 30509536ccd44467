import { expect, type Locator, type Page } from "@playwright/test";

/** Presses a button until its question is there: what has just come may not listen yet. */
export async function ask(page: Page, button: Locator, title?: string): Promise<Locator> {
  const dialog = page.getByRole("dialog", title ? { name: title } : {});
  await expect(async () => {
    if (!(await dialog.isVisible())) await button.click({ timeout: 5_000 });
    await expect(dialog).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 45_000 });
  return dialog;
}
