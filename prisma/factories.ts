/** Rows for tests and for the seed, each complete and valid; callers say only what matters to them. */
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createSealer } from "#lib/platform/seal.ts";
import { createAccounts, type SupplierAccount } from "#lib/suppliers/account.ts";
import type { Supplier } from "#lib/suppliers/port.ts";

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

/** A context on a test database with one connected account. */
export async function testContext(
  db: Db,
  supplier: Supplier,
  clock: { now: () => Date } = testClock(),
): Promise<OrdersContext & { account: SupplierAccount }> {
  const row = await db.supplier.upsert({
    where: { slug: "foxreload" },
    create: { slug: "foxreload", kind: "foxreload", name: "FoxReload" },
    update: {},
  });
  const account = { id: row.id, slug: row.slug, name: row.name, currency: "USD", supplier };
  return {
    db,
    log: createLog("error", []),
    now: clock.now,
    newId: () => v7(),
    random: () => 0.5,
    sealer: createSealer([{ id: "t1", key: randomBytes(32) }]),
    suppliers: createAccounts([account]),
    account,
  };
}

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
