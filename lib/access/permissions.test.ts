import { describe, expect, it } from "vitest";
import { KeyholdError } from "#lib/platform/errors.ts";
import { testActor } from "#prisma/factories.ts";
import { type Actor, actorColumns, can, requirePermission } from "./actor.ts";
import {
  allows,
  GRANTS,
  grantFor,
  mayDo,
  type Permission,
  ROLES,
  readGrants,
  SCOPES,
  scopesAllow,
} from "./permissions.ts";

const ALL = "owner admin lead operator finance viewer";
const WORK = "owner admin lead operator";

// Said twice on purpose: whoever widens a right has to say so here too.
const EXPECTED: Record<Permission, string> = {
  "orders.read": ALL,
  "orders.place": WORK,
  "orders.decide": WORK,
  "orders.look": WORK,
  "orders.answers": "owner admin lead",
  "codes.read": ALL,
  "codes.reveal": WORK,
  "codes.find": WORK,
  "codes.hand_out": WORK,
  "codes.mark": WORK,
  "codes.import": WORK,
  "codes.stock": WORK,
  "catalog.read": ALL,
  "balance.record": "owner admin lead operator finance",
  "balance.override": "owner admin lead",
  "alerts.read": ALL,
  "alerts.act": WORK,
  "alerts.configure": "owner admin lead",
  "balance.read": ALL,
  "suppliers.read": ALL,
  "suppliers.manage": "owner admin",
  "deliveries.read": ALL,
  "deliveries.send": WORK,
  "endpoints.manage": "owner admin",
  "audit.read": "owner admin lead",
  "audit.export": "owner admin lead",
  "people.manage": "owner admin",
  "api_keys.manage": "owner admin",
};

const WITHOUT_GRANTS = ["codes.reveal", "codes.hand_out", "audit.export"];

const SCOPED: Record<string, string> = {
  "orders:write": "orders.read orders.place catalog.read",
  "orders:read": "orders.read catalog.read",
  "codes:read": "codes.read codes.reveal",
  "balance:read": "balance.read",
  "events:read": "deliveries.read",
};

const JOB: Actor = { kind: "job", name: "engine" };
const PERMISSIONS = Object.entries(EXPECTED) as [Permission, string][];

describe("permissions", () => {
  it.each(PERMISSIONS)("%s: %s", (permission, roles) => {
    for (const role of ROLES) {
      const may = roles.split(" ").includes(role);
      expect(allows(role, permission)).toBe(may);
      expect(can(testActor(role), permission)).toBe(may);
    }
    expect(can(JOB, permission)).toBe(true);
  });

  it.each(PERMISSIONS)("%s without and with its grant", (permission, roles) => {
    const needed = grantFor(permission);
    expect(needed !== null).toBe(WITHOUT_GRANTS.includes(permission));
    for (const role of ROLES) {
      const byRole = roles.split(" ").includes(role);
      expect(mayDo({ role, grants: [] }, permission)).toBe(byRole && needed === null);
      const others = GRANTS.filter((grant) => grant !== needed);
      expect(mayDo({ role, grants: others }, permission)).toBe(byRole && needed === null);
      expect(mayDo({ role, grants: needed ? [needed] : [] }, permission)).toBe(byRole);
    }
  });

  it.each(Object.entries(SCOPED))("a key with %s: %s", (scope, permissions) => {
    const scopes = SCOPES.filter((each) => each === scope);
    const may = PERMISSIONS.map(([permission]) => permission).filter((permission) =>
      can({ kind: "key", id: "k", name: "Shop", scopes }, permission),
    );
    expect(may.toSorted()).toEqual(permissions.split(" ").toSorted());
  });

  it("gives a key without scopes nothing, and knows every scope", () => {
    for (const [permission] of PERMISSIONS) expect(scopesAllow([], permission)).toBe(false);
    expect([...SCOPES].toSorted()).toEqual(Object.keys(SCOPED).toSorted());
  });

  it("takes words of the database that mean nothing for nothing", () => {
    expect(readGrants(["export", "orders.place", "", "EXPORT"])).toEqual(["export"]);
  });
});

describe("requirePermission", () => {
  it("lets pass or throws `forbidden`", () => {
    expect(() => requirePermission(testActor("operator"), "codes.reveal")).not.toThrow();
    expect(() => requirePermission(testActor("viewer"), "codes.reveal")).toThrow(
      new KeyholdError("forbidden", "Asha Rao lacks codes.reveal"),
    );
  });
});

describe("actorColumns", () => {
  it("remembers a person and a key by id and a job by name", () => {
    const person = testActor();
    expect(actorColumns(person)).toEqual({
      actorKind: "user",
      actorId: person.kind === "user" && person.id,
      actorName: "Asha Rao",
    });
    const key: Actor = { kind: "key", id: "k1", name: "Shop", scopes: [] };
    expect(actorColumns(key)).toEqual({ actorKind: "key", actorId: "k1", actorName: "Shop" });
    expect(actorColumns(JOB)).toEqual({ actorKind: "job", actorId: null, actorName: "engine" });
  });
});
