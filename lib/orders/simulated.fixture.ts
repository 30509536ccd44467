/** Orders at the simulator, over real HTTP. One clock for it and us, which stands until a test moves it. */
import { onTestFinished, vi } from "vitest";
import { forgetCapability, learnCapability } from "#lib/placement/capabilities.ts";
import type { Db } from "#lib/platform/db.ts";
import { connectFoxreload } from "#lib/suppliers/foxreload/connect.ts";
import { testClock, testContext } from "#prisma/factories.ts";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { openSimulator } from "#simulator/testing/open-simulator.ts";
import { claimOne } from "./claims.ts";
import { makeDue, place, whole } from "./orders.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

// Each test speaks over real sockets and with a real database, beside others that do.
vi.setConfig({ testTimeout: 30_000 });

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

type Options = Parameters<typeof openSimulator>[0] & {
  /** What is known of the account; null: nothing yet. Left out: that creating may cost. */
  createIsFree?: boolean | null;
  /** Columns of the account's row. */
  account?: { settlingMs?: number; isExclusive?: boolean; secondPersonAbove?: string };
};

/** An account of its own: what earlier tests left at theirs is out of the way. */
async function setAside(db: Db) {
  await db.$executeRaw`update suppliers set slug = slug || '-' || id where slug = 'foxreload'`;
  await db.gatePass.deleteMany();
  await db.placementGate.deleteMany();
  await db.product.deleteMany();
}

export async function openSupplier(db: Db, options: Options = {}) {
  const { createIsFree = false, account: columns = {}, ...given } = options;
  const clock = testClock();
  // One clock for both; what the supplier tells of its own can be moved by the control port.
  const now = given?.now ?? (() => clock.now().getTime());
  const simulator = await openSimulator({
    timing: { paidMs: { minMs: 1_000, maxMs: 1_000 }, completeMs: { minMs: 5_000, maxMs: 5_000 } },
    // Ids follow from seed and clock; two simulators of one database must not give the same.
    seed: ++seeds,
    ...given,
    now,
  });
  const supplier = connectFoxreload({
    baseUrl: simulator.simulator.url,
    apiKey: "test-key",
    currency: "USD",
    now: () => new Date(now()),
  });
  onTestFinished(() => supplier.close());
  await setAside(db);
  const ctx = await testContext(db, supplier, clock);
  await db.supplier.update({ where: { id: ctx.account.id }, data: columns });
  if (createIsFree === null) await forgetCapability(ctx, ctx.account.id, "create_is_free");
  else await learnCapability(ctx, ctx.account.id, "create_is_free", createIsFree, "person");

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
    advance: (ms: number) => clock.advance(ms),
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
