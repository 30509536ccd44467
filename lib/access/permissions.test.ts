import { describe, expect, it } from "vitest";
import { KeyholdError } from "#lib/platform/errors.ts";
import { testActor } from "#prisma/factories.ts";
import { type Actor, actorColumns, can, requirePermission } from "./actor.ts";
import { allows, type Permission } from "./permissions.ts";

// Said twice on purpose: whoever widens a right has to say so here too.
const EXPECTED: Record<Permission, string> = {
  "orders.read": "admin operator viewer",
  "orders.place": "admin operator",
  "orders.decide": "admin operator",
  "orders.look": "admin operator",
  "orders.answers": "admin",
  "codes.read": "admin operator viewer",
  "codes.reveal": "admin operator",
  "codes.find": "admin operator",
  "codes.hand_out": "admin operator",
  "codes.mark": "admin operator",
  "codes.import": "admin operator",
  "codes.stock": "admin operator",
  "catalog.read": "admin operator viewer",
  "balance.record": "admin operator",
  "balance.override": "admin",
  "alerts.read": "admin operator viewer",
  "alerts.act": "admin operator",
  "alerts.configure": "admin",
  "balance.read": "admin operator viewer",
  "suppliers.read": "admin operator viewer",
  "suppliers.manage": "admin",
  "deliveries.read": "admin operator viewer",
  "deliveries.send": "admin operator",
  "endpoints.manage": "admin",
};

const JOB: Actor = { kind: "job", name: "engine" };

describe("permissions", () => {
  it.each(Object.entries(EXPECTED) as [Permission, string][])("%s: %s", (permission, roles) => {
    for (const role of ["admin", "operator", "viewer"] as const) {
      const may = roles.split(" ").includes(role);
      expect(allows(role, permission)).toBe(may);
      expect(can(testActor(role), permission)).toBe(may);
    }
    expect(can(JOB, permission)).toBe(true);
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
  it("remembers a person by id and a job by name", () => {
    const person = testActor();
    expect(actorColumns(person)).toEqual({
      actorKind: "user",
      actorId: person.kind === "user" && person.id,
      actorName: "Asha Rao",
    });
    expect(actorColumns(JOB)).toEqual({ actorKind: "job", actorId: null, actorName: "engine" });
  });
});
