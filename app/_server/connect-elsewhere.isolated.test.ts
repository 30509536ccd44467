import { beforeEach, expect, it, vi } from "vitest";
import { keepConnectIntent, takeConnectIntent } from "./connect-elsewhere.ts";

type Cookie = { value: string; maxAge: number };
const jar = vi.hoisted(() => new Map<string, Cookie>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string, { maxAge }: { maxAge: number }) =>
      jar.set(name, { value, maxAge }),
  }),
}));
vi.mock("#lib/platform/env.ts", () => ({
  env: () => ({
    NEXTAUTH_URL: "https://ops.example.com",
    NEXTAUTH_SECRET: "a secret of the tests",
  }),
}));

const MINUTE_MS = 60_000;
const START = Date.parse("2026-11-23T08:00:00Z");
const INTENT = {
  ...{ sessionId: "0199a1b2-0000-7000-8000-000000000001", nonce: "n".repeat(43) },
  expiresAt: new Date(START + 10 * MINUTE_MS).toISOString(),
};
const cookie = () => jar.get("__Host-keyhold.connect");

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ["Date"] });
  jar.clear();
});

it("knows a wish to connect for as long as next-auth leads anybody back, over or not", async () => {
  await keepConnectIntent(INTENT);
  expect(cookie()?.maxAge).toBeGreaterThan(15 * 60);
  vi.setSystemTime(START + 15 * MINUTE_MS);
  expect(await takeConnectIntent(INTENT.nonce)).toEqual(INTENT);
  expect(cookie()).toEqual({ value: "", maxAge: 0 });
  expect(await takeConnectIntent(INTENT.nonce)).toBeNull();
});

it("leaves it alone for whoever comes another way", async () => {
  await keepConnectIntent(INTENT);
  expect(await takeConnectIntent("another")).toBeNull();
  expect(await takeConnectIntent(INTENT.nonce)).toEqual(INTENT);
});
