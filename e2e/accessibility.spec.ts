import type { Page } from "@playwright/test";
import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { objects } from "./setup/objects.ts";

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
/**
 * Two rounds, which differ in everything, ask all that axe knows, also of filters, empty lists, and orders, codes and
 * the like in all their states; every kind of alert where room is scarcest. Each then asks of its pages what the
 * other theme changes.
 */
const ROUNDS = [
  { theme: "light", device: "desktop", viewport: DESKTOP, locale: "en" },
  { theme: "dark", device: "phone", viewport: PHONE, locale: "hi" },
];

const PAGES = [
  "/",
  "/alerts",
  "/orders",
  "/orders/new",
  "/supplier-orders",
  "/codes",
  "/codes/complaints",
  "/codes/import",
  "/deliveries",
  "/deliveries/jobs",
  "/balance",
  "/suppliers",
  "/settings",
  "/settings/endpoints",
  "/settings/endpoints/new",
  "/settings/escalation",
  "/settings/runbooks",
  "/settings/runbooks/unconfirmed",
  "/settings/suppliers",
  "/settings/suppliers/new",
  "/settings/suppliers/foxreload",
  "/settings/suppliers/foxreload/limits",
  "/settings/audit",
  "/settings/audit/1",
  "/settings/people",
  "/settings/api-keys",
  "/settings/account",
  "/invite",
  "/suppliers/inbox",
  "/nothing-here",
];

/** The same pages otherwise: filtered, empty, of another kind. */
const VARIANTS = [
  "/alerts?state=all&mock=with",
  "/alerts?q=zzz",
  "/orders?status=failed&search=zzz",
  "/orders?retrying=1&overdue=1",
  "/supplier-orders?show=all",
  "/codes?state=available&search=zzz",
  "/deliveries?attention=1",
  "/deliveries?state=failed&search=zzz",
  "/settings/endpoints/new?channel=email",
  "/settings/escalation/new",
  "/settings/suppliers/new?kind=ozzobit",
  "/settings/suppliers/foxreload/edit",
  "/settings/suppliers/nothing-here",
  "/settings/audit?objectKind=code&actorKind=user",
  "/settings/audit?action=none.such",
  "/settings/audit/999999999",
  "/settings/people/nothing-here",
  "/suppliers/inbox?attention=1",
  "/settings/runbooks/nothing-here",
];

/** As the switch of the console does it. */
const switchTheme = (page: Page) =>
  page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
  });

for (const { theme, device, viewport, locale } of ROUNDS) {
  test(`axe finds nothing on any page (${theme}, ${device}, ${locale})`, async ({
    page,
    context,
    baseURL,
    sql,
    complaints,
  }) => {
    test.setTimeout(900_000);
    await page.setViewportSize(viewport);
    const keep = (name: string, value: string) =>
      context.addCookies([{ name, value, url: baseURL ?? "" }]);
    await keep("keyhold_theme", theme);
    // The form is filled in by its English labels.
    await signIn(page, "admin");
    await keep("keyhold_locale", locale);
    const more = [...VARIANTS, ...(await objects(sql, device === "phone" ? "kind" : "severity"))];
    for (const path of [...PAGES, ...more]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      expect(await findings(page), path).toEqual([]);
      if (PAGES.includes(path)) {
        await switchTheme(page);
        expect(await findings(page, "looks"), `${path} in the other theme`).toEqual([]);
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(sideways, `${path} scrolls sideways`).toBe(false);
    }
    // The browser reports the 404 itself.
    expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
  });
}
