import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
/** Orders and codes in all their states are looked at where theme, width and language differ most. */
const ROUNDS = [
  { theme: "light", device: "desktop", viewport: DESKTOP, locale: "en", objects: true },
  { theme: "light", device: "phone", viewport: PHONE, locale: "en", objects: false },
  { theme: "dark", device: "desktop", viewport: DESKTOP, locale: "en", objects: false },
  { theme: "dark", device: "phone", viewport: PHONE, locale: "en", objects: true },
  { theme: "light", device: "phone", viewport: PHONE, locale: "hi", objects: true },
];

for (const { theme, device, viewport, locale, objects } of ROUNDS) {
  test(`axe finds nothing on any page (${theme}, ${device}, ${locale})`, async ({
    page,
    context,
    baseURL,
    sql,
    complaints,
  }) => {
    test.setTimeout(480_000);
    await page.setViewportSize(viewport);
    const keep = (name: string, value: string) =>
      context.addCookies([{ name, value, url: baseURL ?? "" }]);
    await keep("keyhold_theme", theme);
    // The form is filled in by its English labels.
    await signIn(page, "admin");
    await keep("keyhold_locale", locale);
    const orders = await sql(
      "select distinct on (status) id, status::text from orders order by status, id desc",
    );
    const paths = [
      "/",
      "/alerts",
      "/alerts?state=all&mock=with",
      "/alerts?q=zzz",
      "/orders",
      "/orders?status=failed&search=zzz",
      "/orders?retrying=1&overdue=1",
      "/orders/new",
      "/supplier-orders",
      "/supplier-orders?show=all",
      "/codes",
      "/codes?state=available&search=zzz",
      "/codes/complaints",
      "/codes/import",
      "/deliveries",
      "/deliveries?attention=1",
      "/deliveries?state=failed&search=zzz",
      "/deliveries/jobs",
      "/balance",
      "/suppliers",
      "/settings/endpoints",
      "/settings/endpoints/new",
      "/settings/endpoints/new?channel=email",
      "/settings/runbooks",
      "/settings/runbooks/unconfirmed",
      "/settings/runbooks/nothing-here",
      "/nothing-here",
    ];
    const codes = await sql("select distinct on (state) id from codes order by state, id desc");
    const alerts = await sql("select distinct on (kind) id from alerts order by kind, id desc");
    const endpoints = await sql("select id from endpoints where deleted_at is null");
    const deliveries = await sql(
      "select distinct on (state, endpoint_id) id from deliveries order by state, endpoint_id, id desc",
    );
    const each = [
      ...alerts.map(({ id }) => `/alerts/${id}`),
      ...deliveries.map(({ id }) => `/deliveries/${id}`),
      ...endpoints.map(({ id }) => `/settings/endpoints/${id}`),
      ...orders.map(({ id }) => `/orders/${id}`),
      ...codes.map(({ id }) => `/codes/${id}`),
    ];
    for (const path of [...paths, ...(objects ? each : [])]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await findings(page), path).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(sideways, `${path} scrolls sideways`).toBe(false);
    }
    // The browser reports the 404 itself.
    expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
  });
}
