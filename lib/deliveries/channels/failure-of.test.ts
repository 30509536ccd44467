import { describe, expect, it } from "vitest";
import { AddressRefused, NameUnresolved } from "#lib/platform/outbound-errors.ts";
import { failureOf, UnusableAnswer } from "./failure-of.ts";

const coded = (code: string, message = "it failed") => Object.assign(new Error(message), { code });

describe("failureOf", () => {
  it.each([
    [new AddressRefused(), "address_refused"],
    [new Error("fetch failed", { cause: new AddressRefused() }), "address_refused"],
    [new NameUnresolved("ENOTFOUND"), "dns"],
    [new UnusableAnswer("redirected", "it redirects"), "redirected"],
    [coded("EAI_AGAIN"), "dns"],
    [coded("ECONNREFUSED"), "connect"],
    [coded("EHOSTUNREACH"), "connect"],
    [coded("UND_ERR_CONNECT_TIMEOUT"), "timeout"],
    [coded("UND_ERR_HEADERS_TIMEOUT"), "timeout"],
    [new DOMException("aborted", "TimeoutError"), "timeout"],
    [coded("CERT_HAS_EXPIRED"), "tls"],
    [coded("ERR_TLS_CERT_ALTNAME_INVALID"), "tls"],
    [coded("DEPTH_ZERO_SELF_SIGNED_CERT"), "tls"],
    [coded("EPROTO"), "tls"],
    [coded("ECONNRESET"), "reset"],
    [new Error("outer", { cause: coded("UND_ERR_SOCKET") }), "reset"],
    [Object.assign(coded("ESOCKET"), { originalCode: "ECONNREFUSED" }), "connect"],
    [new AggregateError([coded("ECONNREFUSED")], "all failed"), "connect"],
    [Object.assign(new Error("Network request failed"), { error: coded("EPIPE") }), "reset"],
    [new Error("who knows"), "reset"],
    ["not even an error", "reset"],
  ])("tells %s as %s", (error, errorKind) => {
    expect(failureOf(error)).toMatchObject({ kind: "failed", errorKind, status: null });
  });

  it("gives the words of the innermost cause", () => {
    const error = new Error("outer", { cause: coded("ECONNREFUSED", "connect ECONNREFUSED") });
    expect(failureOf(error).answer).toBe("connect ECONNREFUSED");
  });

  it("puts the time limit before whatever it led to, but not before a refused address", () => {
    const over = AbortSignal.abort();
    expect(failureOf(coded("ECONNRESET"), over).errorKind).toBe("timeout");
    expect(failureOf(new AddressRefused(), over).errorKind).toBe("address_refused");
  });

  it("ends where causes go in circles", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(failureOf(error).errorKind).toBe("reset");
  });
});
