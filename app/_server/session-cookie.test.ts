import { expect, it } from "vitest";
import { sessionCookie } from "./session-cookie.ts";

it("is bound to the host and to https in production", () => {
  expect(sessionCookie("https://ops.example.com")).toEqual({
    name: "__Host-keyhold.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
});

it("is kept from scripts and other sites on plain http too", () => {
  expect(sessionCookie("http://127.0.0.1:3000")).toEqual({
    name: "keyhold.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
  });
});
