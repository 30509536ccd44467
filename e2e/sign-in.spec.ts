import { expect, setting, signIn, test } from "./setup/fixtures.ts";

test("a wrong password gets one sentence and keeps the e-mail", async ({ page, complaints }) => {
  await page.goto("/login");
  await page.getByLabel("E-mail").fill("admin@keyhold.example");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail or password is wrong.")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("admin@keyhold.example");
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  // The browser reports the 401 of the try itself.
  expect(complaints.splice(0).every((text) => text.includes("401"))).toBe(true);
});

test("too many tries are refused, also with the right password", async ({ page, complaints }) => {
  await page.goto("/login");
  const tries = await page.evaluate(async () => {
    const { csrfToken } = await (await fetch("/api/auth/csrf")).json();
    const answers: string[] = [];
    for (let round = 0; round < 9; round++) {
      const response = await fetch("/api/auth/callback/credentials", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          csrfToken,
          email: "nobody@keyhold.example",
          password: "guess",
          json: "true",
        }),
      });
      answers.push(String(((await response.json()) as { url: string }).url));
    }
    return answers;
  });
  expect(tries.slice(0, 8).every((url) => url.includes("CredentialsSignin"))).toBe(true);
  expect(tries[8]).toContain("too_many");
  complaints.length = 0;
});

test("signing in leads to where one was going, and nowhere else", async ({ page }) => {
  await page.goto("/orders?status=completed");
  await expect(page).toHaveURL(/\/login\?next=/);
  await signIn(page, "operator", "/orders?status=completed");
  await expect(page).toHaveURL(/\/orders\?status=completed$/);
  await page.goto("/login?next=https://evil.example");
  await expect(page).toHaveURL(new RegExp(`^${setting("KEYHOLD_E2E_URL")}/`));
});

test("signing out, being disabled and a revoked session hold from the next request", async ({
  page,
  context,
  sql,
  complaints,
}) => {
  await signIn(page, "viewer");
  const cookies = await context.cookies();
  await page.getByRole("button", { name: /Jonas Weber/ }).click();
  await page
    .getByRole("button", { name: "Sign out" })
    .or(page.getByRole("menuitem", { name: "Sign out" }))
    .click();
  await expect(page).toHaveURL(/\/login/);
  // A copy of the cookie is worth nothing any more.
  await context.addCookies(cookies);
  expect((await page.request.get("/api/live/overview")).status()).toBe(401);

  await signIn(page, "viewer");
  expect((await page.request.get("/api/live/overview")).status()).toBe(200);
  await sql("update users set disabled_at = now() where email = 'jonas@keyhold.example'");
  expect((await page.request.get("/api/live/overview")).status()).toBe(401);
  await sql("update users set disabled_at = null where email = 'jonas@keyhold.example'");
  expect((await page.request.get("/api/live/overview")).status()).toBe(200);
  await sql("update sessions set revoked_at = now()");
  expect((await page.request.get("/api/live/overview")).status()).toBe(401);
  // Left, so that the page's own next read doesn't complain after we have stopped listening to it.
  await page.goto("about:blank");
  complaints.length = 0;
});
