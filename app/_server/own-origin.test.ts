import { expect, it } from "vitest";
import { isOwnOrigin } from "./own-origin.ts";

it.each([
  ["https://ops.example.com", "ops.example.com", null, true],
  ["https://ops.example.com", "10.0.0.1:3000", "ops.example.com", true],
  ["http://localhost:3000", "localhost:3000", null, true],
  [null, "ops.example.com", null, false],
  ["null", "ops.example.com", null, false],
  ["https://evil.example", "ops.example.com", null, false],
  ["https://ops.example.com.evil.example", "ops.example.com", null, false],
  ["https://ops.example.com:8443", "ops.example.com", null, false],
  ["https://ops.example.com", "evil.example", "evil.example", false],
])("origin %s at host %s (%s before a proxy): %s", (origin, host, forwarded, expected) => {
  const headers = new Headers({ host });
  if (origin) headers.set("origin", origin);
  if (forwarded) headers.set("x-forwarded-host", forwarded);
  expect(isOwnOrigin(headers)).toBe(expected);
});
