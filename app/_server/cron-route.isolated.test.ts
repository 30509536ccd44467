import { expect, it, vi } from "vitest";
import { cronRoute } from "./cron-route.ts";

vi.mock("#lib/platform/env.ts", () => ({ env: () => ({ CRON_SECRET: "the secret of cron" }) }));
vi.mock("./runtime.ts", () => ({ runtime: async () => ({}) }));

const ask = async (method: string, secret = "the secret of cron") => {
  const run = vi.fn(async () => ({ worked: 1 }));
  const headers = { authorization: `Bearer ${secret}` };
  const request = new Request("http://ops.example.com/api/cron/tick", { method, headers });
  const { status } = await cronRoute(run)(request);
  return { status, runs: run.mock.calls.length };
};

it("runs for whoever shows the secret, and by a GET alone", async () => {
  expect(await ask("GET")).toEqual({ status: 200, runs: 1 });
  expect(await ask("GET", "another")).toEqual({ status: 401, runs: 0 });
  expect(await ask("HEAD")).toEqual({ status: 405, runs: 0 });
});
