import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  forgetCapability,
  learnCapability,
  placementMode,
  readCapabilities,
  readPlacementMode,
} from "./capabilities.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
beforeEach(() => db.supplierCapability.deleteMany());

describe("the mode of an account", () => {
  it.each<[unknown, string]>([
    [undefined, "create_may_charge"],
    [null, "create_may_charge"],
    [false, "create_may_charge"],
    ["true", "create_may_charge"],
    [1, "create_may_charge"],
    [{}, "create_may_charge"],
    [true, "create_is_free"],
  ])("known as %j is %s: what isn't known may cost", (value, mode) => {
    const known = value === undefined ? {} : { create_is_free: value };
    expect(placementMode(known as never)).toBe(mode);
  });

  it("is that of what was learnt last, by anybody", async () => {
    const mode = () => readPlacementMode(ctx, supplierId);
    expect(await mode()).toBe("create_may_charge");
    await learnCapability(ctx, supplierId, "create_is_free", true, "probe");
    expect(await mode()).toBe("create_is_free");
    await learnCapability(ctx, supplierId, "create_is_free", false, "answers");
    expect(await mode()).toBe("create_may_charge");
    await learnCapability(ctx, supplierId, "create_is_free", null, "person");
    expect(await mode()).toBe("create_may_charge");
  });

  it("is each account's own", async () => {
    const other = await db.supplier.create({ data: { slug: ctx.newId(), kind: "x", name: "X" } });
    await learnCapability(ctx, other.id, "create_is_free", true, "person");
    expect(await readPlacementMode(ctx, supplierId)).toBe("create_may_charge");
    expect(await readPlacementMode(ctx, other.id)).toBe("create_is_free");
  });
});

describe("a capability", () => {
  it.each([true, false, null, 3_500, "newest_first", { seconds: 2 }, ["a"]])(
    "may be %j, and is read as it was learnt",
    async (value) => {
      await learnCapability(ctx, supplierId, "finding", value, "probe");
      expect(await readCapabilities(ctx, supplierId)).toEqual({ finding: value });
    },
  );

  it("is replaced by a later finding, with where and when it was found", async () => {
    await learnCapability(ctx, supplierId, "list_order", "unclear", "probe");
    clock.advance(1_000);
    await learnCapability(ctx, supplierId, "list_order", "newest_first", "person");
    expect(await db.supplierCapability.findMany()).toMatchObject([
      { name: "list_order", value: "newest_first", learntFrom: "person", learntAt: clock.now() },
    ]);
  });

  it("is once, by however many learn it at the same time", async () => {
    await Promise.all(
      Array.from({ length: 8 }, () => learnCapability(ctx, supplierId, "x", true, "answers")),
    );
    expect(await db.supplierCapability.count()).toBe(1);
  });

  it("can be forgotten, alone", async () => {
    await learnCapability(ctx, supplierId, "one", true, "probe");
    await learnCapability(ctx, supplierId, "two", true, "probe");
    await forgetCapability(ctx, supplierId, "one");
    await forgetCapability(ctx, supplierId, "never known");
    expect(await readCapabilities(ctx, supplierId)).toEqual({ two: true });
  });
});
