import { describe, expect, it } from "vitest";
import { ACTIONS } from "./actions.ts";
import { doorProblems } from "./compare.ts";
import { doorsIn } from "./found.ts";
import { PAGES } from "./pages.ts";
import { doorAt } from "./right-at.ts";
import { letsIn, letsKeyIn, type Right } from "./rights.ts";
import { ROUTES } from "./routes.ts";

const built = doorsIn({
  routes: {
    "/(console)/orders/page": "/orders",
    "/(console)/orders/[id]/page": "/orders/[id]",
    "/api/live/orders/route": "/api/live/orders",
    "/strange/thing": "/strange/thing",
  },
  oldPages: { "/500": "pages/500.html" },
  actions: {
    node: {
      "40aa": {
        filename: "app/(console)/orders/actions.ts",
        exportedName: "placeOrderAction",
        workers: { "app/(console)/orders/[id]/page": {}, "app/(console)/orders/page": {} },
      },
    },
    edge: {},
  },
});

describe("doorsIn", () => {
  it("reads pages, routes and actions off the build's manifests, also what it doesn't know", () => {
    expect(built.pages).toEqual(["/500", "/orders", "/orders/[id]"]);
    expect(built.routes).toEqual(["/api/live/orders", "/strange/thing"]);
    const file = "app/(console)/orders/actions.ts";
    expect(built.actions).toEqual([
      { file, name: "placeOrderAction", id: "40aa", page: "/orders/[id]" },
    ]);
  });
});

describe("doorProblems", () => {
  const declared = {
    pages: { "/500": "", "/orders": "", "/orders/[id]": "" },
    routes: { "/api/live/orders": "", "/strange/thing": "" },
    actions: { "app/(console)/orders/actions.ts": { placeOrderAction: [] } },
  };

  it("is content where all is declared", () => {
    expect(doorProblems(built, declared)).toEqual([]);
  });

  it("names each door that isn't declared, with what to do", () => {
    const problems = doorProblems(built, { pages: {}, routes: {}, actions: {} });
    expect(problems).toHaveLength(6);
    expect(problems[1]).toBe(
      "The page /orders isn't declared: say in app/_doors/pages.ts which right it wants.",
    );
    expect(problems[5]).toContain("placeOrderAction of app/(console)/orders/actions.ts");
  });

  it("names what is declared and gone", () => {
    const pages = { ...declared.pages, "/gone": "" };
    expect(doorProblems(built, { ...declared, pages })).toEqual([
      "The page /gone isn't built: take it out of app/_doors/pages.ts.",
    ]);
  });
});

describe("letsIn", () => {
  const owner = { role: "owner", grants: ["codes.values"] } as const;
  const viewer = { role: "viewer", grants: [] } as const;

  it("asks the table of rights, grants among them", () => {
    expect(letsIn("orders.place", owner)).toBe(true);
    expect(letsIn("orders.place", viewer)).toBe(false);
    expect(letsIn("codes.reveal", owner)).toBe(true);
    expect(letsIn("codes.reveal", { ...owner, grants: [] })).toBe(false);
    expect(letsIn("signed in", viewer)).toBe(true);
  });

  it("lets nobody in but where anybody is", () => {
    for (const right of allRights()) {
      expect([false, null], right).toContain(right === "anybody" ? false : letsIn(right, null));
    }
    expect(letsIn("anybody", null)).toBe(true);
  });

  it("knows which scope a key needs", () => {
    expect(letsKeyIn("key orders:read", "orders:write")).toBe(true);
    expect(letsKeyIn("key orders:write", "orders:read")).toBe(false);
    expect(letsKeyIn("orders.read", "orders:read")).toBe(false);
  });

  it("has nothing to say of machines", () => {
    for (const right of ["secret", "signature", "key orders:read"] as const) {
      expect(letsIn(right, owner)).toBeNull();
    }
  });
});

const allRights = (): Right[] => [
  ...Object.values(PAGES),
  ...Object.values(ROUTES).flatMap((methods) => Object.values(methods)),
  ...Object.values(ACTIONS).flatMap((names) => Object.values(names).map(([right]) => right)),
];

describe("doorAt", () => {
  it.each([
    ["/orders", "/orders", "orders.read"],
    ["/orders/new?from=1", "/orders/new", "orders.place"],
    ["/orders/01a1fce4#top", "/orders/[id]", "orders.read"],
    ["/settings/endpoints/01a1/edit", "/settings/endpoints/[id]/edit", "endpoints.manage"],
    ["/api/audit/export?format=csv", "/api/audit/export", "audit.export"],
    ["/api/v1/reference", "/api/v1/reference", "anybody"],
    ["/api/v1/orders/01a1", "/api/v1/orders/[id]", "key orders:read"],
    ["/api/v1/nothing/at/all", "/api/v1/[[...path]]", "anybody"],
    ["/api/auth/signin/oidc", "/api/auth/[...nextauth]", "anybody"],
  ])("leads by %s to %s", (path, route, right) => {
    expect(doorAt(path)).toEqual({ route, right });
  });

  it.each(["/nowhere", "/orders/01a1/edit", "/security-txt", "/api/live"])(
    "leads nowhere by %s",
    (path) => {
      expect(doorAt(path)).toBeNull();
    },
  );
});
