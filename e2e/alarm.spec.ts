import { expect, signIn, test } from "./setup/fixtures.ts";

test("whoever relies on notifications is told when he is signed out, and once", async ({
  page,
  sql,
  complaints,
}) => {
  await page.addInitScript(() => {
    localStorage.setItem("keyhold:alarm", JSON.stringify({ browser: true, from: "critical" }));
    const told: string[] = [];
    class Told {
      close = () => undefined;
      constructor(title: string, { body }: { body: string }) {
        told.push(`${title}: ${body}`);
      }
    }
    Object.assign(window, { Notification: Told, told });
  });
  const read = () => page.evaluate(() => (window as unknown as { told: string[] }).told);
  const answered = (status: number) =>
    page.waitForResponse(
      (response) => response.url().includes("/alerts/news") && response.status() === status,
    );
  await Promise.all([answered(200), signIn(page, "viewer", "/balance")]);
  const before = await read();
  expect(before.filter((one) => one.includes("signed out"))).toEqual([]);
  await sql(
    `update sessions set revoked_at = now() where revoked_at is null and user_id in (
      select id from users where email = 'jonas@keyhold.example')`,
  );
  await expect
    .poll(async () => (await read()).filter((one) => one.includes("signed out")))
    .toEqual([
      "Keyhold no longer tells you of alerts: You are signed out. Sign in to hear of them again.",
    ]);
  // It would go on asking, and complaining.
  await page.close();
  expect(complaints.every((one) => one.includes("401"))).toBe(true);
  complaints.length = 0;
});
