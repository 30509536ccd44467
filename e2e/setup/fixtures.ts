import { test as base, expect, type Page } from "@playwright/test";
import { Client, DatabaseError } from "pg";
import { openSimulatorControl, type SimulatorControl } from "#prisma/seed/simulator-control.ts";
import { listening, waitForPages } from "./patience.ts";

export { expect };

const PEOPLE = {
  admin: "admin@keyhold.example",
  operator: "priya@keyhold.example",
  viewer: "jonas@keyhold.example",
} as const;

export type Person = keyof typeof PEOPLE;

export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the browser tests are started by npm test.`);
  return value;
}

/** Signs in by the form, as a person does, and waits for the page behind it. */
export async function signIn(page: Page, person: Person, path = "/"): Promise<void> {
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await page.getByLabel("E-mail").fill(PEOPLE[person]);
  await page.getByLabel("Password", { exact: true }).fill(setting("KEYHOLD_E2E_PASSWORD"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
  await listening(page);
}

/** Ends what the browser knows of a session. A page that stood open would ask for news without it, and complain. */
export async function forgetSession(page: Page): Promise<void> {
  await page.goto("about:blank");
  await page.context().clearCookies();
}

type Fixtures = {
  /** What the browser complained of; a test that expects a complaint empties it. */
  complaints: string[];
  freshSignInLimits: undefined;
  simulator: SimulatorControl;
  sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
};

export const test = base.extend<Fixtures>({
  // Every page of every context, Playwright's own among them.
  browser: [
    async ({ browser }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        if (options?.javaScriptEnabled !== false) waitForPages(context);
        return context;
      };
      await use(browser);
    },
    { scope: "worker" },
  ],
  // Every test fails on a console error, a page error or a blocked resource.
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() !== "error") return;
        complaints.push(`${message.text()} ${message.location().url}`.trim());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use(complaints);
      expect(complaints, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
  // All tests come from one address; more of them than may sign in from it within a few minutes.
  freshSignInLimits: [
    async ({ sql }, use) => {
      await sql("delete from sign_in_buckets");
      await use(undefined);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures off the pattern
  simulator: async ({}, use) => {
    const control = openSimulatorControl(setting("KEYHOLD_E2E_CONTROL_URL"));
    await use(control);
    await control.removeRules();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  sql: async ({}, use) => {
    const client = new Client({ connectionString: setting("KEYHOLD_E2E_DATABASE_URL") });
    await client.connect();
    await use(async (text, values) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return (await client.query(text, values)).rows;
        } catch (error) {
          // Of two that wait for each other, the engine and a test, the database ends one: nothing was done.
          const isDeadlock = error instanceof DatabaseError && error.code === "40P01";
          if (!isDeadlock || tries === 5) throw error;
        }
      }
    });
    await client.end();
  },
});
