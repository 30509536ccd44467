import { describe, expect, it } from "vitest";
import { whereIs } from "#components/shell/where.ts";

describe("whereIs", () => {
  it.each([
    ["/", [{ href: "/", key: "overview" }]],
    ["/orders", [{ href: "/orders", key: "orders" }]],
    [
      "/orders/new",
      [
        { href: "/orders", key: "orders" },
        { href: "/orders/new", key: "newOrder" },
      ],
    ],
    [
      "/codes/complaints",
      [
        { href: "/codes", key: "codes" },
        { href: "/codes/complaints", key: "complaints" },
      ],
    ],
    [
      "/orders/0199-ab",
      [
        { href: "/orders", key: "orders" },
        { href: "/orders/0199-ab", id: "0199-ab" },
      ],
    ],
    ["/supplier-orders", [{ href: "/supplier-orders", key: "supplierOrders" }]],
    [
      "/deliveries/jobs",
      [
        { href: "/deliveries", key: "deliveries" },
        { href: "/deliveries/jobs", key: "deliveryJobs" },
      ],
    ],
    [
      "/alerts/0199-ab",
      [
        { href: "/alerts", key: "alerts" },
        { href: "/alerts/0199-ab", id: "0199-ab" },
      ],
    ],
    [
      "/settings/runbooks",
      [
        { href: "/settings", key: "settings" },
        { href: "/settings/runbooks", key: "runbooks" },
      ],
    ],
    ["/suppliers", [{ href: "/suppliers", key: "suppliers" }]],
    [
      "/suppliers/inbox",
      [
        { href: "/suppliers", key: "suppliers" },
        { href: "/suppliers/inbox", key: "inbox" },
      ],
    ],
    [
      "/settings/suppliers/game-keys/limits",
      [
        { href: "/settings", key: "settings" },
        { href: "/settings/suppliers", key: "supplierAccounts" },
        { href: "/settings/suppliers/game-keys", id: "game-keys" },
        { href: "/settings/suppliers/game-keys/limits", key: "supplierLimits" },
      ],
    ],
    [
      "/settings/endpoints/0199-ab/edit",
      [
        { href: "/settings", key: "settings" },
        { href: "/settings/endpoints", key: "endpoints" },
        { href: "/settings/endpoints/0199-ab", id: "0199-ab" },
        { href: "/settings/endpoints/0199-ab/edit", key: "editEndpoint" },
      ],
    ],
    ["/%zz", [{ href: "/%zz", id: "%zz" }]],
    ["/constructor", [{ href: "/constructor", id: "constructor" }]],
  ])("%s", (path, expected) => {
    expect(whereIs(path)).toEqual(expected);
  });
});
