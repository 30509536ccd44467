import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { proxy } from "./proxy.ts";

const ask = (headers: Record<string, string> = {}, path = "/orders") =>
  proxy(new NextRequest(`http://ops.example.com${path}`, { headers }));

describe("the proxy", () => {
  it.each([
    ["nobody", {}],
    ["a session", { cookie: "keyhold.session=anything" }],
    ["a subrequest of its own", { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" }],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  ])("lets %s through to the page, which decides", (_, headers) => {
    for (const path of ["/orders", "/login", "/api/live/orders", "/api/v1/orders", "/nothing"]) {
      const answer = ask(headers, path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("x-middleware-next")).toBe("1");
      expect(answer.headers.get("location")).toBeNull();
      expect(answer.headers.get("x-middleware-rewrite")).toBeNull();
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
  });

  it("hands nobody's nonce, policy or junk of an id on as its own", () => {
    const answer = ask({
      "x-nonce": "mine",
      "content-security-policy": "script-src *",
      "x-correlation-id": "a b\tc",
    });
    const inward = (name: string) => answer.headers.get(`x-middleware-request-${name}`);
    expect(inward("x-nonce")).toMatch(/^[\w+/]{22}==$/);
    expect(inward("content-security-policy")).toContain(`'nonce-${inward("x-nonce")}'`);
    expect(inward("content-security-policy")).toBe(answer.headers.get("content-security-policy"));
    expect(inward("x-correlation-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
