import { describe, expect, it } from "vitest";
import { readAnswer } from "./sign-in.ts";

describe("readAnswer", () => {
  const errorAt = (error: string) =>
    readAnswer({ url: `http://localhost/login?error=${encodeURIComponent(error)}` });

  it("tells every ending apart", () => {
    expect(readAnswer({ url: "https://ops.example.com/" })).toEqual({ kind: "signed_in" });
    expect(readAnswer({ url: "https://ops.example.com/login?csrf=true" })).toEqual({
      kind: "no_cookie",
    });
    expect(errorAt("CredentialsSignin")).toEqual({ kind: "refused" });
    expect(errorAt("too_many:720")).toEqual({ kind: "too_many", retryAfterSeconds: 720 });
  });

  it("takes what it doesn't know for our own trouble, never for a success", () => {
    expect(errorAt("Can't reach database server")).toEqual({ kind: "unavailable" });
    expect(errorAt("too_many:soon")).toEqual({ kind: "unavailable" });
    expect(errorAt("")).toEqual({ kind: "unavailable" });
    expect(readAnswer({})).toEqual({ kind: "unavailable" });
    expect(readAnswer(null)).toEqual({ kind: "unavailable" });
  });
});
