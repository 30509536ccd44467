import type { Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { expect, setting, signIn, test } from "./setup/fixtures.ts";

const PASSWORD = "plum otter 27 window";

/** What the app shows, so many steps of 30 seconds from now. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

async function firstStep(page: Page, email: string, next = "/orders"): Promise<void> {
  await page.goto(`/login?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("somebody is invited, sets a password and an app, signs in with both, and is disabled", async ({
  page,
  browser,
}) => {
  await signIn(page, "admin", "/settings/people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("E-mail").fill("Tara@keyhold.example");
  await page.getByLabel("Name").fill("Tara Sen");
  await page.getByLabel("Role", { exact: true }).selectOption("operator");
  await page.getByLabel("See code values").check();
  await page.getByLabel(/^Spend limits/).fill("50 USD");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = (await page.getByTestId("user-link").textContent()) ?? "";
  await page.getByRole("button", { name: "I have sent it" }).click();
  await expect(page.getByRole("link", { name: "Tara Sen" })).toBeVisible();

  const context = await browser.newContext({ baseURL: setting("KEYHOLD_E2E_URL") });
  const tara = await context.newPage();
  await tara.goto(link);
  await tara.getByLabel("New password").fill("password2024!");
  await tara.getByRole("button", { name: "Set password" }).click();
  await expect(tara.getByText("one of the passwords that are guessed first")).toBeVisible();
  await tara.getByLabel("New password").fill(PASSWORD);
  await tara.getByRole("button", { name: "Set password" }).click();
  await tara.getByRole("link", { name: "Go to sign-in" }).click();
  await tara.waitForURL("**/login");
  await firstStep(tara, "tara@keyhold.example", "/settings/account");
  await tara.waitForURL("**/settings/account");

  await tara.getByRole("button", { name: "Set up a second factor" }).click();
  await tara.getByRole("button", { name: "Set it up" }).click();
  const secret = (await tara.getByTestId("totp-secret").textContent()) ?? "";
  await tara.getByLabel("Code of the app").fill(codeOf(secret));
  await tara.getByRole("button", { name: "Confirm" }).click();
  const codes = tara.getByTestId("recovery-codes").getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const recovery = (await codes.first().textContent()) ?? "";
  await tara.getByRole("button", { name: "I have kept them" }).click();
  await expect(tara.getByText("10 recovery codes are left.")).toBeVisible();

  await context.clearCookies();
  await firstStep(tara, "tara@keyhold.example");
  // The password alone leads to the second step, and nowhere else.
  await expect(tara.getByRole("heading", { name: "Second step" })).toBeVisible();
  expect((await tara.request.get("/api/live/orders")).status()).toBe(401);
  await tara.getByLabel("Code").fill("000000");
  await tara.getByRole("button", { name: "Go on" }).click();
  await expect(tara.getByText("That code doesn’t hold")).toBeVisible();
  // The code that set it up was used by that: the next one counts already.
  await tara.getByLabel("Code").fill(codeOf(secret, 1));
  await tara.getByRole("button", { name: "Go on" }).click();
  await tara.waitForURL("**/orders");

  await context.clearCookies();
  await firstStep(tara, "tara@keyhold.example");
  await tara.getByLabel("Code").fill(recovery);
  await tara.getByRole("button", { name: "Go on" }).click();
  await tara.waitForURL("**/orders");

  await page.getByRole("link", { name: "Tara Sen" }).click();
  await page.getByRole("button", { name: "Disable" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Left the team");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("button", { name: "Enable" })).toBeVisible();
  await tara.goto("/orders");
  await tara.waitForURL("**/login?**");
  await context.close();
});

test("a viewer is shown no door that is closed to him, and who could open it", async ({ page }) => {
  await signIn(page, "viewer", "/settings");
  await expect(page.getByRole("link", { name: /^Your account/ })).toBeVisible();
  for (const name of [/^People/, /^Audit/, /^API keys/]) {
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  }
  await page.goto("/settings/people");
  await expect(page.getByText("the right to manage people")).toBeVisible();
  await expect(page.getByText("can change that.")).toBeVisible();
});
