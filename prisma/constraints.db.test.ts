import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ORDER_STATUSES, type OrderStatus, step } from "#lib/orders/lifecycle.ts";
import {
  createOrder,
  createProduct,
  createStockProduct,
  createUser,
  scriptedSupplier,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const { account, newId } = await testContext(db, scriptedSupplier());

let orderId: string;
let itemId: string;

beforeEach(async () => {
  const { order, item } = await createOrder(db, account.id);
  orderId = order.id;
  itemId = item.id;
});

/** When an order in each status ended and is looked at next. */
const TIMES: Record<OrderStatus, string> = {
  submitting: "finished_at = null, next_poll_at = now()",
  unconfirmed: "finished_at = null, next_poll_at = null",
  rejected: "finished_at = now(), next_poll_at = null",
  awaiting_payment: "finished_at = null, next_poll_at = now()",
  paid: "finished_at = null, next_poll_at = now()",
  processing: "finished_at = null, next_poll_at = now()",
  completed: "finished_at = now(), next_poll_at = null",
  partial: "finished_at = now(), next_poll_at = now()",
  cancelled: "finished_at = now(), next_poll_at = null",
  failed: "finished_at = now(), next_poll_at = null",
  refunded: "finished_at = now(), next_poll_at = null",
};

/** What an order in this status has to have, as columns. */
const sound = (status: OrderStatus) =>
  `status = '${status}', ${TIMES[status]}, rejection = ${status === "rejected" ? "'{}'" : "null"}`;

const run = (statement: string) => db.$executeRawUnsafe(statement);
const changeOrder = (set: string) => run(`update orders set ${set} where id = '${orderId}'`);
const changeItem = (set: string) => run(`update order_items set ${set} where id = '${itemId}'`);

/** Puts an order straight into a status, past the triggers but not past the checks. */
async function orderIn(status: OrderStatus): Promise<void> {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRawUnsafe(`update orders set ${sound(status)} where id = '${orderId}'`),
  ]);
}

describe("checks on orders", () => {
  it.each(ORDER_STATUSES)("take a sound order in %s", async (status) => {
    await orderIn(status);
  });

  it.each([
    ...["submitting", "awaiting_payment", "paid", "processing"].map((status) => [
      status,
      "next_poll_at = null",
      "orders_never_forgotten",
    ]),
    ...[
      "awaiting_payment",
      "paid",
      "processing",
      "completed",
      "partial",
      "cancelled",
      "failed",
    ].map((status) => [status, "supplier_order_id = null", "orders_known_at_supplier"]),
    ...["rejected", "completed", "partial", "cancelled", "failed"].map((status) => [
      status,
      "finished_at = null",
      "orders_finished_at",
    ]),
    ...["submitting", "unconfirmed", "awaiting_payment", "paid", "processing"].map((status) => [
      status,
      "finished_at = now()",
      "orders_finished_at",
    ]),
    ["rejected", "rejection = null", "orders_rejected_with_reason"],
    ["processing", "rejection = '{}'", "orders_rejected_with_reason"],
    ["processing", "lease_token = gen_random_uuid()", "orders_lease"],
    ["processing", "lease_until = now()", "orders_lease"],
    ["processing", "agreed_total = -0.01", "orders_agreed_total"],
    ["processing", "currency = 'usd'", "orders_currency"],
    ["processing", "currency = 'US'", "orders_currency"],
    ["processing", "currency = 'TOOLONG'", "orders_currency"],
    ["processing", "customer_ref = ''", "orders_customer_ref"],
    ["processing", "customer_ref = repeat('x', 201)", "orders_customer_ref"],
    ["processing", "client_ref = ''", "orders_client_ref"],
    ["processing", "client_ref = repeat('x', 201)", "orders_client_ref"],
  ] as [OrderStatus, string, string][])("in %s refuse %s", async (status, set, constraint) => {
    await orderIn(status);
    const update = db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRawUnsafe(`update orders set ${set} where id = '${orderId}'`),
    ]);
    await expect(update).rejects.toThrow(constraint);
  });
});

describe("uniqueness", () => {
  it("gives one order to an intent, and one intent to a supplier order", async () => {
    const { order } = await createOrder(db, account.id);
    await expect(changeOrder(`client_ref = '${order.clientRef}'`)).rejects.toThrow(
      "client_ref_key",
    );
    const twice = createOrder(db, account.id, { supplierOrderId: order.supplierOrderId });
    await expect(twice).rejects.toMatchObject({ code: "P2002" });
    const other = await db.supplier.create({ data: { slug: newId(), kind: "x", name: "Other" } });
    await createOrder(db, other.id, { supplierOrderId: order.supplierOrderId });
  });

  it("lets many orders wait for their supplier order", async () => {
    const waiting = { status: "submitting", supplierOrderId: null } as const;
    await createOrder(db, account.id, waiting);
    await createOrder(db, account.id, waiting);
  });

  it.each([
    ["an e-mail", () => createUser(db, { email: "twice@keyhold.example" })],
    [
      "a supplier's slug",
      () => db.supplier.create({ data: { slug: "twice", kind: "x", name: "X" } }),
    ],
    ["a product of a supplier", () => createProduct(db, account.id, { externalId: "twice" })],
    [
      "a category of a supplier",
      () =>
        db.category.create({
          data: {
            supplierId: account.id,
            externalId: "twice",
            name: "X",
            slug: "x",
            seenInWalk: newId(),
          },
        }),
    ],
  ])("knows %s once", async (_, create) => {
    await create();
    await expect(create()).rejects.toMatchObject({ code: "P2002" });
  });

  it("has each place among an order's items once", async () => {
    const second = createOrder(db, account.id, {}, { orderId });
    await second;
    const again =
      run(`insert into order_items select gen_random_uuid(), order_id, position, external_id,
      product_name, region, is_service, quantity, unit_price from order_items where id = '${itemId}'`);
    await expect(again).rejects.toThrow("order_items_order_id_position_key");
  });

  it("has one open signal of a kind on an order, and any number of cleared ones", async () => {
    const open = () =>
      db.orderSignal.create({
        data: { id: newId(), orderId, key: "stalled", openedAt: new Date() },
      });
    await open();
    await expect(open()).rejects.toMatchObject({ code: "P2002" });
    await db.orderSignal.updateMany({ where: { orderId }, data: { clearedAt: new Date() } });
    await open();
  });
});

describe("the rest", () => {
  it.each([
    ["quantity = 0", "order_items_quantity"],
    ["quantity = -1", "order_items_quantity"],
    ["quantity = 100001", "order_items_quantity"],
    ["position = -1", "order_items_position"],
    ["unit_price = -0.0001", "order_items_unit_price"],
    ["order_id = gen_random_uuid()", "order_items_order_id_fkey"],
  ])("an item refuses %s", async (set, constraint) => {
    await expect(changeItem(set)).rejects.toThrow(constraint);
  });

  it.each([
    [{ position: -1 }, "codes_position"],
    [{ sealed: "plaintext" }, "codes_sealed"],
    [{ sealed: "v3|k|n|c|t" }, "codes_sealed"],
    [{ sealed: "v2|k|n|c" }, "codes_sealed"],
    [{ itemId: null }, "codes_one_source"],
    [{ orderId: null }, "codes_one_source"],
    [{ cost: "1" }, "codes_cost"],
    [{ cost: "-1", currency: "USD" }, "codes_cost"],
    [{ state: "reserved" as const }, "codes_for_somebody"],
    [{ state: "handed_out" as const, customerRef: "shop-1" }, "codes_handed_out"],
  ])("a code refuses %j", async (facts, constraint) => {
    const code = {
      id: newId(),
      itemId,
      orderId,
      position: 0,
      stockProductId: await createStockProduct(db, account.id),
      isMock: false,
      sealed: "v2|k|n|c|t",
      blindIndex: "",
      mask: "",
      state: "available" as const,
      stateChangedAt: new Date(),
      storedAt: new Date(),
    };
    await expect(db.code.createMany({ data: [{ ...code, ...facts }] })).rejects.toThrow(constraint);
    await expect(db.code.createMany({ data: [code] })).resolves.toEqual({ count: 1 });
  });

  it("a user's e-mail is in lower case, his role one of three", async () => {
    await expect(createUser(db, { email: "Asha@keyhold.example" })).rejects.toThrow(
      "users_email_lower",
    );
    await expect(run("update users set role = 'root'")).rejects.toThrow("role");
  });

  it.each([
    ["a new password raises", { passwordHash: "another" }, 4],
    ["a new role raises", { role: "admin" as const }, 4],
    ["both at once raise", { passwordHash: "another", role: "admin" as const }, 4],
    ["the same ones keep", { passwordHash: "$argon2id$same", role: "viewer" as const }, 3],
    ["another name keeps", { name: "Another" }, 3],
    ["whoever raises it himself decides", { role: "admin" as const, sessionVersion: 9 }, 9],
    ["nobody lowers it with a new role", { role: "admin" as const, sessionVersion: 1 }, 4],
  ])("a user's session version: %s", async (_, data, version) => {
    const before = { passwordHash: "$argon2id$same", role: "viewer" as const, sessionVersion: 3 };
    const { id } = await createUser(db, before);
    expect((await db.user.update({ where: { id }, data })).sessionVersion).toBe(version);
  });

  it("a supplier with orders stays", async () => {
    await expect(run(`delete from suppliers where id = '${account.id}'`)).rejects.toThrow(
      "_supplier_id_fkey",
    );
  });
});

describe("an order's way", () => {
  const ALLOWED: Record<OrderStatus, string> = {
    submitting:
      "unconfirmed rejected awaiting_payment paid processing completed partial cancelled failed refunded",
    unconfirmed:
      "submitting rejected awaiting_payment paid processing completed partial cancelled failed refunded",
    awaiting_payment: "paid processing completed partial cancelled failed refunded",
    paid: "processing completed partial cancelled failed refunded",
    processing: "completed partial cancelled failed refunded",
    partial: "completed refunded",
    completed: "refunded",
    cancelled: "refunded",
    failed: "refunded",
    rejected: "",
    refunded: "",
  };

  it.each(ORDER_STATUSES)("goes from %s only forward", async (from) => {
    const reached: string[] = [];
    for (const to of ORDER_STATUSES) {
      if (to === from) continue;
      await orderIn(from);
      await changeOrder(sound(to))
        .then(() => reached.push(to))
        .catch((error) => expect(String(error)).toContain("cannot go from"));
    }
    expect(reached.sort()).toEqual(ALLOWED[from].split(" ").filter(Boolean).sort());
  });

  it("allows whatever the lifecycle decides", () => {
    const item = { quantity: 1, isService: false, hasError: false };
    for (const from of ORDER_STATUSES) {
      for (const observed of [
        "awaiting_payment",
        "paid",
        "processing",
        "completed",
        "cancelled",
        "failed",
        "refunded",
      ] as const) {
        for (const codes of [0, 1]) {
          const decided = step(from, observed, [{ ...item, codes }]);
          if (decided.kind === "moved") expect(ALLOWED[from].split(" ")).toContain(decided.to);
        }
      }
    }
  });

  it("never exchanges one supplier order for another, or for none", async () => {
    for (const set of ["supplier_order_id = 'another'", "supplier_order_id = null"]) {
      await expect(changeOrder(set)).rejects.toThrow("already belongs to supplier order");
    }
    await changeOrder("supplier_order_id = supplier_order_id, supplier_word = 'same'");
  });
});
