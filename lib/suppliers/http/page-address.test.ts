import { expect, it } from "vitest";
import { readPageAddress } from "./page-address.ts";

it.each([
  ["https://pay.example.com/o/1?token=a%20b", "https://pay.example.com/o/1?token=a%20b"],
  [" https://PAY.example.com/o/1#step=2 ", "https://pay.example.com/o/1#step=2"],
  ["https://pay.example.com:8443/", "https://pay.example.com:8443/"],
])("%s is a page that a person may be sent to", (told, address) => {
  expect(readPageAddress(told)).toBe(address);
});

it.each([
  "javascript:alert(1)",
  "JavaScript://pay.example.com/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "http://pay.example.com/o/1",
  "//pay.example.com/o/1",
  "/o/1",
  "https://user:secret@pay.example.com/",
  "https://pay.example.com@evil.example.org/",
  "https://localhost/o/1",
  "https://127.0.0.1/o/1",
  "https://[::1]/o/1",
  "https://10.0.0.1/o/1",
  "https://pay.internal/o/1",
  "https://pay.example.com:22/",
  "https://pay.example.com\\@evil.example.org/",
  "https://pay.example.com/\n/o/1",
  "https://pay.example.com/#a\u202eb",
  `https://pay.example.com/${"a".repeat(2_100)}`,
  "",
  null,
  42,
  { href: "https://pay.example.com" },
])("%j is none", (told) => {
  expect(readPageAddress(told)).toBeNull();
});
