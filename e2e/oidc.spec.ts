import type { Page } from "@playwright/test";
import { expect, forgetSession, setting, test } from "./setup/fixtures.ts";
import { listening } from "./setup/patience.ts";

type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/** Somebody who was invited and has not come yet. */
const invite = (sql: Sql, login: string) =>
  sql(
    `with person as (
       insert into users (id, email, name, role)
       values (gen_random_uuid(), $1, $2, 'viewer') returning id, email)
     insert into user_links (id, user_id, kind, token_hash, created_by, created_at, expires_at)
     select gen_random_uuid(), id, 'invite', sha256(email::bytea), 'Asha Rao', now(),
            now() + interval '72 hours'
     from person`,
    [`${login}@keyhold.example`, login],
  );

/** Somebody who has a password, that of the first admin, at his own page. */
async function comeInByPassword(page: Page, sql: Sql, name: string): Promise<void> {
  const email = `${name}@keyhold.example`;
  await sql(
    `insert into users (id, email, name, role, password_hash)
     select gen_random_uuid(), $1, $2, 'viewer', password_hash from users where email = $3`,
    [email, name, "admin@keyhold.example"],
  );
  await page.goto(`/login?next=${encodeURIComponent("/settings/account")}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(setting("KEYHOLD_E2E_PASSWORD"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/settings/account");
  await listening(page);
}

async function goElsewhere(page: Page, login: string, next = "/orders"): Promise<void> {
  await sparesFonts(page);
  await page.goto(`/login?next=${encodeURIComponent(next)}`);
  await page.getByRole("button", { name: "Go on with Test login" }).click();
  await atProvider(page, login);
}

/** The provider's own pages ask for a font of the internet. */
const sparesFonts = (page: Page) =>
  page.route("https://fonts.googleapis.com/**", (route) =>
    route.fulfill({ contentType: "text/css", body: "" }),
  );

async function atProvider(page: Page, login: string): Promise<void> {
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
  await forgetSession(page);
  await invite(sql, "unverified");
  await goElsewhere(page, "unverified");
  await expect(page.getByText("nobody here has that account")).toBeVisible();
});

test("somebody with a password connects his account there, signs in by it, and disconnects it", async ({
  page,
  sql,
}) => {
  await sparesFonts(page);
  await comeInByPassword(page, sql, "nila");
  await page.getByRole("button", { name: "Connect Test login" }).click();
  // Another address than the one he has here.
  await atProvider(page, "nila-elsewhere");
  await page.waitForURL("**/settings/account?connect=connected");
  await expect(page.getByText("The account is connected.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Connect Test login" })).toHaveCount(0);

  await forgetSession(page);
  await goElsewhere(page, "nila-elsewhere", "/settings/account");
  await page.waitForURL("**/settings/account");
  await expect(page.getByText("nila@keyhold.example").first()).toBeVisible();
  await listening(page);
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("button", { name: "Connect Test login" })).toBeVisible();

  await forgetSession(page);
  await goElsewhere(page, "nila-elsewhere");
  await expect(page.getByText("nobody here has that account")).toBeVisible();
});

test("an account that is somebody else's isn't connected, and none to a session that has ended", async ({
  page,
  sql,
}) => {
  await sparesFonts(page);
  await invite(sql, "tamar");
  await goElsewhere(page, "tamar");
  await page.waitForURL("**/orders");
  await forgetSession(page);

  await comeInByPassword(page, sql, "omar");
  await page.getByRole("button", { name: "Connect Test login" }).click();
  await atProvider(page, "tamar");
  await page.waitForURL("**/settings/account?connect=taken");
  await expect(page.getByText("somebody else here signs in by that account")).toBeVisible();

  // The provider's own: it knows him as the other.
  await page.context().clearCookies({ name: /^_session|^_interaction/ });
  await listening(page);
  await page.getByRole("button", { name: "Connect Test login" }).click();
  await expect(page.locator("input[name=login]")).toBeVisible();
  await sql(
    "update sessions set revoked_at = now() where user_id = (select id from users where name = 'omar')",
  );
  await atProvider(page, "omar-elsewhere");
  await page.waitForURL("**/login?next=**");
  await expect(page.getByLabel("E-mail")).toBeVisible();
  const links = "select 1 from user_identities where subject = 'omar-elsewhere'";
  expect(await sql(links)).toEqual([]);
});
