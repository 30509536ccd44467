import type { Page } from "@playwright/test";
import { expect, test } from "./setup/fixtures.ts";

type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/** Somebody who was invited and has not come yet. */
const invite = (sql: Sql, login: string) =>
  sql("insert into users (id, email, name, role) values (gen_random_uuid(), $1, $2, 'viewer')", [
    `${login}@keyhold.example`,
    login,
  ]);

async function goElsewhere(page: Page, login: string, next = "/orders"): Promise<void> {
  // The provider's own pages ask for a font of the internet.
  await page.route("https://fonts.googleapis.com/**", (route) =>
    route.fulfill({ contentType: "text/css", body: "" }),
  );
  await page.goto(`/login?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: "Go on with Test login" }).click();
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("anything");
  await page.getByRole("button", { name: /sign-in/i }).click();
  await page.getByRole("button", { name: /continue/i }).click();
}

test("an invited person comes in through the provider, and to where he wanted to go", async ({
  page,
  sql,
}) => {
  await invite(sql, "meera");
  await goElsewhere(page, "meera");
  await page.waitForURL("**/orders");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/settings/account");
  await expect(page.getByText("by single sign-on")).toBeVisible();
  await expect(page.getByText("You sign in elsewhere and have no password here.")).toBeVisible();
});

test("neither a stranger nor an address that nobody vouches for comes in", async ({
  page,
  sql,
}) => {
  await goElsewhere(page, "stranger");
  await expect(page.getByText("nobody here has that account")).toBeVisible();
  await page.context().clearCookies();
  await invite(sql, "unverified");
  await goElsewhere(page, "unverified");
  await expect(page.getByText("nobody here has that account")).toBeVisible();
});
