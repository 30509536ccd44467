import { describe, expect, it } from "vitest";
import {
  contentSecurityPolicy,
  makeNonce,
  pickCorrelationId,
} from "#app/_server/security-headers.ts";

describe("contentSecurityPolicy", () => {
  it("lets nothing inline run in production", () => {
    const policy = contentSecurityPolicy("abc", false);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-abc';");
    expect(policy).not.toContain("unsafe-eval");
    for (const directive of ["object-src", "base-uri", "frame-ancestors"]) {
      expect(policy).toContain(`${directive} 'none'`);
    }
  });

  it("relaxes only in development", () => {
    const policy = contentSecurityPolicy("abc", true);
    expect(policy).toContain("'unsafe-eval'");
    expect(policy).toContain("connect-src 'self' ws:");
  });
});

describe("makeNonce", () => {
  it("is 128 bits of base64 and never the same", () => {
    const nonces = new Set(Array.from({ length: 100 }, makeNonce));
    expect(nonces.size).toBe(100);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });
});

describe("pickCorrelationId", () => {
  it("keeps a harmless id and replaces anything else", () => {
    expect(pickCorrelationId("01j-abc_DEF9")).toBe("01j-abc_DEF9");
    for (const bad of [
      null,
      "",
      "short",
      "a".repeat(65),
      "a b c d e f g h",
      "x\r\nset-cookie: a",
    ]) {
      expect(pickCorrelationId(bad)).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
