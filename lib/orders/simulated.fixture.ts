/** Orders at the simulator, over real HTTP. Its clock and ours stand still until a test moves them. */

import { onTestFinished } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import { connectFoxreload } from "#lib/suppliers/foxreload/connect.ts";
import { testClock, testContext } from "#prisma/factories.ts";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { openSimulator } from "#simulator/testing/open-simulator.ts";
import { makeDue, place, whole } from "./orders.fixture.ts";
import { claimOne } from "./store.ts";
import { workOnClaim } from "./work-on-order.ts";

const catalogue = buildCatalogue();
let seeds = 0;

export type Truth = {
  orders: {
    id: string;
    status: string;
    paidCount: number;
    isMock: boolean;
    items: { quantity: number; codes: unknown[] }[];
  }[];
  balances: Record<string, { available: string; reserved: string }>;
};

/** What our catalogue would know of a product of the simulator's. */
export function productFacts(slug: string) {
  const product = catalogue.product(slug);
  if (!product) throw new Error(`No product ${slug}`);
  return {
    externalId: product.id,
    name: product.name,
    price: product.usdPrice,
    isService: product.isService,
    noteFields: product.noteFields.map(({ name, type, options }) => ({
      name,
      type,
      options: options ?? [],
    })),
  };
}

export async function openSupplier(db: Db, options: Parameters<typeof openSimulator>[0] = {}) {
  const simulator = await openSimulator({
    timing: { paidMs: { minMs: 1_000, maxMs: 1_000 }, completeMs: { minMs: 5_000, maxMs: 5_000 } },
    // Ids follow from seed and clock; two simulators of one database must not give the same.
    seed: ++seeds,
    ...options,
  });
  const supplier = connectFoxreload({
    baseUrl: simulator.simulator.url,
    apiKey: "test-key",
    currency: "USD",
    now: () => new Date(simulator.clock.now),
  });
  onTestFinished(() => supplier.close());
  const clock = testClock();
  const ctx = await testContext(db, supplier, clock);
  await db.supplier.updateMany({ data: { blockedUntil: null } });
  await db.product.deleteMany();

  /** Does the next thing for an order, as though it had become due. */
  async function work(orderId: string) {
    await makeDue(db, orderId);
    const claim = await claimOne(ctx, orderId);
    if (claim) await workOnClaim(ctx, claim);
    return whole(db, orderId);
  }

  return {
    ...simulator,
    ctx,
    work,
    place: (slug: string, facts: Parameters<typeof place>[2] = {}) =>
      place(ctx, productFacts(slug), facts),
    /** Time passes for the supplier and for us. */
    advance(ms: number) {
      simulator.clock.now += ms;
      clock.advance(ms);
    },
    truth: async (): Promise<Truth> => (await simulator.control("GET", "/truth")).json,
    /** Methods and paths of all requests so far, the supplier's ids left out. */
    async requests(): Promise<string[]> {
      const { json } = await simulator.control("GET", "/requests");
      return json.items.map(
        ({ method, endpoint }: { method: string; endpoint: string }) => `${method} ${endpoint}`,
      );
    },
  };
}
