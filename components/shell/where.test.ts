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
    ["/suppliers", [{ href: "/suppliers", key: "suppliers" }]],
    ["/%zz", [{ href: "/%zz", id: "%zz" }]],
    ["/constructor", [{ href: "/constructor", id: "constructor" }]],
  ])("%s", (path, expected) => {
    expect(whereIs(path)).toEqual(expected);
  });
});
