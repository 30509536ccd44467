import { describe, expect, test } from "vitest";
import { checkUrl } from "./check-url.ts";
import { UrlRefused } from "./outbound-errors.ts";
import { HOSTILE_URLS } from "./testing/hostile-urls.ts";

const strict = { ownNetwork: false };
const demo = { ownNetwork: true };

function refusalOf(url: string, policy = strict): string | null {
  try {
    checkUrl(url, policy);
    return null;
  } catch (error) {
    return error instanceof UrlRefused ? error.reason : String(error);
  }
}

test("there are more than two hundred hostile addresses, all different", () => {
  expect(new Set(HOSTILE_URLS).size).toBe(HOSTILE_URLS.length);
  expect(HOSTILE_URLS.length).toBeGreaterThan(200);
});

test.each(HOSTILE_URLS)("refuses %j", (url) => {
  expect(refusalOf(url)).not.toBeNull();
});

describe("the reason", () => {
  test.each([
    ["http://hooks.example.com/", "scheme"],
    ["https://user:secret@hooks.example.com/", "userinfo"],
    ["https://@hooks.example.com/", "userinfo"],
    ["https://hooks.example.com:8080/", "port"],
    ["https://hooks.example.com/#part", "fragment"],
    ["https://127.1/", "not_public"],
    ["https://[::ffff:8.8.8.8]/", "not_public"],
    ["https://localhost/", "local_name"],
    ["https://hooks.example.com/a b", "malformed"],
    [`https://hooks.example.com/${"a".repeat(2048)}`, "too_long"],
  ])("of %s is %s", (url, reason) => expect(refusalOf(url)).toBe(reason));
});

test.each([
  ["https://hooks.example.com", "https://hooks.example.com/", 443, "/"],
  ["https://Hooks.Example.COM.:443/a?b=c", "https://hooks.example.com./a?b=c", 443, "/a?b=c"],
  ["https://hooks.example.com:8443/a/../b", "https://hooks.example.com:8443/b", 8443, "/b"],
  ["https://bücher.example.com/ä", "https://xn--bcher-kva.example.com/%C3%A4", 443, "/%C3%A4"],
  ["https://93.184.215.14/", "https://93.184.215.14/", 443, "/"],
  ["https://[2606:4700::1111]/", "https://[2606:4700::1111]/", 443, "/"],
  ["https://hooks.example.com/?to=a@example.com", null, 443, "/?to=a@example.com"],
])("accepts %s", (url, href, port, path) => {
  expect(checkUrl(url, strict)).toMatchObject({ href: href ?? url, port, path, tls: true });
});

test("takes the host without brackets and without the dot at its end", () => {
  expect(checkUrl("https://[2606:4700::1111]/", strict).host).toBe("2606:4700::1111");
  expect(checkUrl("https://hooks.example.com./", strict).host).toBe("hooks.example.com");
});

test.each([
  "http://localhost:4010/hooks",
  "http://127.0.0.1:3000/",
  "http://[::1]:3000/",
  "https://10.0.0.8:9000/",
  "http://receiver:8080/",
])("where private addresses are allowed, accepts %s", (url) => {
  expect(refusalOf(url, demo)).toBeNull();
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "http://0.0.0.0:3000/",
  "http://[::ffff:127.0.0.1]:3000/",
  "http://user@localhost/",
  "ftp://localhost/",
])("even where private addresses are allowed, refuses %s", (url) => {
  expect(refusalOf(url, demo)).not.toBeNull();
});
