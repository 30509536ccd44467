import { expect, type Page } from "@playwright/test";
import { ask } from "./ask.ts";

/** Reveals the first code of the page, saying why. */
export async function revealFirst(page: Page, reason = "Asked by the customer"): Promise<void> {
  const dialog = await ask(page, page.getByRole("button", { name: /^Reveal code \d/ }).first());
  await dialog.getByLabel("Why").fill(reason);
  await dialog.getByRole("button", { name: "Reveal code" }).click();
}

/** As `revealFirst`, right after signing in: no password is asked. */
export async function revealFresh(page: Page): Promise<void> {
  await revealFirst(page);
  await expect(page.getByRole("button", { name: "Hide" })).toBeVisible();
}
