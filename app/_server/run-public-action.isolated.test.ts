import { beforeEach, expect, it, vi } from "vitest";
import { runPublicAction } from "./run-public-action.ts";

// Next tells of a request only inside its own server.
const request = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => request.headers }));
vi.mock("./current-actor.ts", () => ({ correlationId: async () => "00000000" }));
vi.mock("./runtime.ts", () => ({ runtime: async () => ({}) }));

beforeEach(() => {
  request.headers = new Headers({
    host: "ops.example.com",
    origin: "https://ops.example.com",
    "x-forwarded-for": "198.51.100.1, 203.0.113.7",
    "user-agent": "Browser/1",
  });
});

it("tells the act where it came from, by which browser, and under which id", async () => {
  const act = vi.fn(async () => "done");
  expect(await runPublicAction(act)).toEqual({ ok: true, value: "done" });
  expect(act).toHaveBeenCalledExactlyOnceWith(expect.anything(), {
    address: "203.0.113.7",
    agent: "Browser/1",
    correlationId: "00000000",
  });
});

it.each(["https://evil.example", "null", null])(
  "does nothing for the origin %s",
  async (origin) => {
    if (origin === null) request.headers.delete("origin");
    else request.headers.set("origin", origin);
    const act = vi.fn(async () => "done");
    expect(await runPublicAction(act)).toEqual({
      ok: false,
      problem: { code: "forbidden", reference: "00000000" },
    });
    expect(act).not.toHaveBeenCalled();
  },
);
