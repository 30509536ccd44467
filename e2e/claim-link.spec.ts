import { findings } from "./setup/axe.ts";
import { makeLink } from "./setup/claim-links.ts";
import { expect, test } from "./setup/fixtures.ts";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

const openedAt = "select opened_at from claim_links where id = $1";

test("a customer opens the link on a phone, once; a preview before that opens nothing", async ({
  page,
  request,
  browser,
  sql,
}) => {
  const link = await makeLink(sql);
  const preview = await request.get(link.path);
  expect(preview.status()).toBe(200);
  expect(preview.headers()["cache-control"]).toContain("no-store");
  expect(preview.headers()["referrer-policy"]).toBe("same-origin");
  expect(await preview.text()).toContain("A code for you");

  await page.goto(link.path);
  await expect(page.getByRole("heading", { name: "A code for you" })).toBeVisible();
  await expect(page.getByText("The link is good until")).toBeVisible();
  expect(await sql(openedAt, [link.id])).toEqual([{ opened_at: null }]);
  expect(await findings(page)).toEqual([]);

  await page.getByRole("button", { name: "Show the code" }).tap();
  await expect(page.getByRole("heading", { name: "Your code" })).toBeFocused();
  await expect(page.getByRole("button", { name: /^Copy/ }).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(sideways).toBe(false);
  expect(
    await sql(
      `select actor_kind from audit_entries e join claim_links l on l.hand_out_id::text = e.object_id
       where e.action = 'claim_link.opened' and l.id = $1`,
      [link.id],
    ),
  ).toEqual([{ actor_kind: "customer" }]);

  // Nothing of it stays in the browser, and nobody else is shown it.
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).toBe("[{},{}]");
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await stranger.goto(new URL(link.path, page.url()).href);
  await expect(stranger.getByRole("heading", { name: /opened already/ })).toBeVisible();
  await other.close();

  // Nor whoever goes back to a page that the browser has kept.
  await page.evaluate(() => {
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await expect(page.getByRole("heading", { name: /opened already/ })).toBeVisible();
});

test("a PIN is asked for, and locks the link when it is guessed", async ({ page, sql }) => {
  const link = await makeLink(sql, { pin: "4711" });
  await page.goto(link.path);
  const open = page.getByRole("button", { name: "Show the code" });
  await open.click();
  await expect(page.getByText("Enter the four to eight digits", { exact: false })).toBeVisible();
  await page.getByLabel("PIN").fill("1234");
  await open.click();
  await expect(page.getByText("4 tries are left", { exact: false })).toBeVisible();
  await page.getByLabel("PIN").fill("4711");
  await open.click();
  await expect(page.getByRole("heading", { name: "Your code" })).toBeVisible();

  const guessed = await makeLink(sql, { pin: "4711" });
  await page.goto(guessed.path);
  for (let guess = 0; guess < 5; guess++) {
    await page.getByLabel("PIN").fill(`900${guess}`);
    await open.click();
    const said = guess < 4 ? page.getByText(new RegExp(`${4 - guess} (try|tries)`)) : null;
    await expect(said ?? page.getByRole("heading", { name: "This link is locked" })).toBeVisible();
  }
});

test("what ended, what is cut off and what never was say so, in English and Hindi", async ({
  page,
  browser,
  baseURL,
  sql,
}) => {
  const link = await makeLink(sql);
  const change = (set: string) => sql(`update claim_links set ${set} where id = $1`, [link.id]);
  const says = async (path: string, heading: string) => {
    // The same page with another `#` would not be loaded anew.
    await page.goto("about:blank");
    await page.goto(path);
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  };
  await says(`/claim/${link.id}`, "Part of the link is missing");
  await says(`/claim/${link.id}#${"A".repeat(43)}`, "There is nothing behind this link");
  await says("/claim/nothing#AAAA", "There is nothing behind this link");
  await change("expires_at = now()");
  await says(link.path, "This link has expired");
  await change("expires_at = now() + interval '1 day', revoked_at = now()");
  await says(link.path, "This link was taken back");
  expect(await findings(page)).toEqual([]);

  const context = await browser.newContext({ locale: "hi-IN", colorScheme: "dark" });
  const hindi = await context.newPage();
  await hindi.goto(new URL(link.path, baseURL).href);
  await expect(hindi.getByRole("heading", { name: "यह लिंक वापस ले लिया गया है" })).toBeVisible();
  expect(await findings(hindi)).toEqual([]);
  await context.close();
});

test("without JavaScript the page says what it needs", async ({ browser, baseURL, sql }) => {
  const link = await makeLink(sql);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(new URL(link.path, baseURL).href);
  // Playwright leaves such texts out when it looks for one.
  const noScript = await page.getByRole("main").locator("noscript").innerHTML();
  expect(noScript).toContain("This page needs JavaScript");
  expect(await sql(openedAt, [link.id])).toEqual([{ opened_at: null }]);
  await context.close();
});
