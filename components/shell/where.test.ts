import { describe, expect, it } from "vitest";
import { whereIs } from "#components/shell/where.ts";

describe("whereIs", () => {
  it.each([
    ["/", [{ href: "/", room: "overview" }]],
    ["/orders", [{ href: "/orders", room: "orders" }]],
    [
      "/orders/new",
      [
        { href: "/orders", room: "orders" },
        { href: "/orders/new", page: "orders/new" },
      ],
    ],
    [
      "/codes/complaints",
      [
        { href: "/codes", room: "codes" },
        { href: "/codes/complaints", page: "codes/complaints" },
      ],
    ],
    [
      "/orders/0199-ab",
      [
        { href: "/orders", room: "orders" },
        { href: "/orders/0199-ab", id: "0199-ab" },
      ],
    ],
    ["/supplier-orders", [{ href: "/supplier-orders", room: "supplierOrders" }]],
    [
      "/deliveries/jobs",
      [
        { href: "/deliveries", room: "deliveries" },
        { href: "/deliveries/jobs", page: "deliveries/jobs" },
      ],
    ],
    [
      "/alerts/0199-ab",
      [
        { href: "/alerts", room: "alerts" },
        { href: "/alerts/0199-ab", id: "0199-ab" },
      ],
    ],
    [
      "/settings/runbooks",
      [
        { href: "/settings", room: "settings" },
        { href: "/settings/runbooks", page: "settings/runbooks" },
      ],
    ],
    [
      "/settings/api-keys",
      [
        { href: "/settings", room: "settings" },
        { href: "/settings/api-keys", page: "settings/api-keys" },
      ],
    ],
    ["/suppliers", [{ href: "/suppliers", room: "suppliers" }]],
    [
      "/suppliers/inbox",
      [
        { href: "/suppliers", room: "suppliers" },
        { href: "/suppliers/inbox", page: "suppliers/inbox" },
      ],
    ],
    [
      "/settings/suppliers/game-keys/limits",
      [
        { href: "/settings", room: "settings" },
        { href: "/settings/suppliers", page: "settings/suppliers" },
        { href: "/settings/suppliers/game-keys", id: "game-keys" },
        { href: "/settings/suppliers/game-keys/limits", page: "settings/suppliers/*/limits" },
      ],
    ],
    [
      "/settings/endpoints/0199-ab/edit",
      [
        { href: "/settings", room: "settings" },
        { href: "/settings/endpoints", page: "settings/endpoints" },
        { href: "/settings/endpoints/0199-ab", id: "0199-ab" },
        { href: "/settings/endpoints/0199-ab/edit", page: "settings/endpoints/*/edit" },
      ],
    ],
    ["/%zz", [{ href: "/%zz", id: "%zz" }]],
    ["/constructor", [{ href: "/constructor", id: "constructor" }]],
  ])("%s", (path, expected) => {
    expect(whereIs(path)).toEqual(expected);
  });
});
