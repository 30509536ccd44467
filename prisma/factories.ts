/** Rows for tests and for the seed, each complete and valid; callers say only what matters to them. */
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Actor } from "#lib/access/actor.ts";
import { GRANTS } from "#lib/access/permissions.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { Db } from "#lib/platform/db.ts";
import { fixedKeyring } from "#lib/platform/fixed-keyring.ts";
import { createLog } from "#lib/platform/log.ts";
import { createSealer, type Sealer } from "#lib/platform/seal.ts";
import { createAccounts, type SupplierAccount } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import type { Supplier, SupplierTraits } from "#lib/suppliers/port.ts";

export type TestClock = { now: () => Date; advance(ms: number): void };

/** A clock that stands still until told. Starts at the real time, since due-ness is the database's clock. */
export function testClock(start = new Date()): TestClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms;
    },
  };
}

/** Of an account that is asked for everything and tells nothing by itself. */
export const POLLED_TRAITS: SupplierTraits = {
  ...{ payStep: "separate", duplicateGuard: "none", findsByReference: false },
  ...{ readsOrders: true, listsOrders: true, codes: "inline", partial: true, testMode: "flag" },
  ...{ balance: "currencies", priceGuard: true, catalog: true, inputFields: true, cancels: false },
  ...{ push: "none", socket: false },
};

/** A supplier that answers what the test says, and breaks off when it is asked anything else. */
export function scriptedSupplier(script: Partial<Supplier> = {}): Supplier {
  const unexpected = (what: string) => () => Promise.reject(new Error(`${what} was not expected`));
  return {
    traits: POLLED_TRAITS,
    findOrder: unexpected("findOrder"),
    createOrder: unexpected("createOrder"),
    payOrder: unexpected("payOrder"),
    getOrder: unexpected("getOrder"),
    listOrders: unexpected("listOrders"),
    getBalances: unexpected("getBalances"),
    getProduct: unexpected("getProduct"),
    listCategories: unexpected("listCategories"),
    listProducts: unexpected("listProducts"),
    close: () => Promise.resolve(),
    ...script,
  };
}

/**
 * A context on a test database with one connected account, of which it is known that creating may cost,
 * unless a test has noted something else: where nothing is known, the balance is asked at each create.
 */
export async function testContext(
  db: Db,
  supplier: Supplier,
  clock: { now: () => Date } = testClock(),
): Promise<OrdersContext & { account: SupplierAccount }> {
  await db.supplier.createMany({
    data: [{ slug: "foxreload", kind: "foxreload", name: "FoxReload" }],
    skipDuplicates: true,
  });
  const row = await db.supplier.findUniqueOrThrow({ where: { slug: "foxreload" } });
  const known = {
    name: "create_is_free",
    value: false,
    learntFrom: "person",
    learntAt: new Date(),
  };
  await db.supplierCapability.createMany({
    data: [{ supplierId: row.id, ...known }],
    skipDuplicates: true,
  });
  await giveBudget(db, row.id);
  const account = bareAccount({ id: row.id, slug: row.slug, name: row.name, supplier });
  return {
    db,
    log: createLog("error", []),
    now: clock.now,
    newId: () => v7(),
    random: () => 0.5,
    sealer: testSealer(),
    // Tests write behind its back, and stop the clock.
    suppliers: createAccounts([account], { knownForMs: 0 }),
    account,
  };
}

/** A budget that no test comes to the end of; an account that has one keeps it. */
export async function giveBudget(db: Db, supplierId: string): Promise<void> {
  const full = 1_000;
  await db.callBudget.createMany({
    data: [
      {
        supplierId,
        callsPerMinute: 60_000,
        rate: 60_000,
        purchaseTokens: full,
        reconcileTokens: full,
        pollTokens: full,
        refreshTokens: full,
        spareTokens: full,
      },
    ],
    skipDuplicates: true,
  });
}

/** A sealer with a key of its own, which no database knows. */
export const testSealer = (id = "t1", key = randomBytes(32)): Sealer =>
  createSealer(fixedKeyring([{ id, key }]));

type ProductFacts = Partial<Parameters<Db["product"]["create"]>[0]["data"]>;

/** A plain code product at 4.75 USD. */
export async function createProduct(db: Db, supplierId: string, facts: ProductFacts = {}) {
  const id = v7();
  return db.product.create({
    data: {
      id,
      externalId: `product_${id.replaceAll("-", "").slice(0, 26)}`,
      categoryName: "Gift cards",
      name: "Steam Wallet 5 USD",
      price: "4.75",
      currency: "USD",
      seenAt: new Date(),
      ...facts,
      supplierId,
    } as Parameters<Db["product"]["create"]>[0]["data"],
  });
}

type UserFacts = Partial<Parameters<Db["user"]["create"]>[0]["data"]>;

/** An operator with every grant, whom nobody can sign in as unless a password hash is given. */
export async function createUser(db: Db, facts: UserFacts = {}) {
  const id = v7();
  return db.user.create({
    data: {
      id,
      email: `${id}@keyhold.example`,
      name: "Asha Rao",
      role: "operator",
      grants: [...GRANTS],
      passwordHash: "nobody's",
      ...facts,
    } as Parameters<Db["user"]["create"]>[0]["data"],
  });
}

/** Somebody who was invited and hasn't come yet; his link is one that nobody knows. */
export async function createInvited(db: Db, facts: UserFacts = {}) {
  const user = await createUser(db, { ...facts, passwordHash: null });
  await createInvitation(db, user.id);
  return user;
}

export const createInvitation = (db: Db, userId: string) =>
  db.userLink.create({
    data: {
      ...{ id: v7(), userId, kind: "invite", tokenHash: randomBytes(32), createdBy: "Asha Rao" },
      ...{ createdAt: new Date(), expiresAt: new Date(Date.now() + 72 * 3_600_000) },
    },
  });

/** Who acts, without a row: verbs ask the value, not the database. */
export function testActor(role: Extract<Actor, { kind: "user" }>["role"] = "operator"): Actor {
  const id = v7();
  return {
    kind: "user",
    id,
    name: "Asha Rao",
    email: "asha@keyhold.example",
    role,
    grants: [...GRANTS],
    sessionId: v7(),
    provedAt: new Date(),
  };
}

type OrderFacts = Partial<Parameters<Db["order"]["create"]>[0]["data"]>;
type ItemFacts = Partial<Parameters<Db["orderItem"]["create"]>[0]["data"]>;

/** An order in processing with one item, as the supplier knows it. */
export async function createOrder(
  db: Db,
  supplierId: string,
  facts: OrderFacts = {},
  itemFacts: ItemFacts = {},
) {
  const id = v7();
  const now = new Date();
  const order = await db.order.create({
    data: {
      id,
      clientRef: id,
      supplierOrderId: `order_${id}`,
      status: "processing",
      isMock: false,
      currency: "USD",
      agreedTotal: "4.75",
      actorKind: "job",
      actorName: "factory",
      correlationId: id,
      createdAt: now,
      statusChangedAt: now,
      nextPollAt: now,
      ...facts,
      supplierId,
    } as Parameters<Db["order"]["create"]>[0]["data"],
  });
  const item = await db.orderItem.create({
    data: {
      id: v7(),
      position: 0,
      externalId: "product_x",
      productName: "Steam Wallet 5 USD",
      isService: false,
      quantity: 1,
      unitPrice: "4.75",
      ...itemFacts,
      orderId: order.id,
    } as Parameters<Db["orderItem"]["create"]>[0]["data"],
  });
  return { order, item };
}

/** The stock product of a supplier's product, as its codes bring it about. */
export async function createStockProduct(
  db: Db,
  supplierId: string,
  externalId = "product_x",
  name = "Steam Wallet 5 USD",
): Promise<string> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    insert into stock_products (id, supplier_id, external_id, name, created_at)
    values (stock_product_of(${supplierId}::uuid, ${externalId}), ${supplierId}::uuid, ${externalId}, ${name}, now())
    on conflict (id) do update set name = excluded.name
    returning id::text`;
  const [row] = rows;
  if (!row) throw new Error("No stock product was made.");
  return row.id;
}
