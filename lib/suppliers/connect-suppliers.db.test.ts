import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { type Env, parseEnv } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { giveBudget, testSealer } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { startSimulator } from "#simulator/server.ts";
import { connectSuppliers } from "./connect-suppliers.ts";

const { db, drop, url } = await createTestDatabase();
const simulator = await startSimulator();
afterAll(async () => {
  await simulator.close();
  await drop();
});

const core = systemCore(db, createLog("error", []));
const env = (more: Record<string, string>): Env =>
  parseEnv({
    DATABASE_URL: url,
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
    CRON_SECRET: randomBytes(32).toString("base64"),
    KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    FOXRELOAD_BASE_URL: simulator.url,
    ...more,
  });
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const ctx = (given: Env) => ({ ...core, sealer: testSealer(), guard, env: given });
const configured = env({ FOXRELOAD_API_KEY: simulator.apiKey });

describe("connectSuppliers", () => {
  it("connects nothing without an API key", async () => {
    const suppliers = await connectSuppliers(ctx(env({})));
    expect(suppliers.all()).toEqual([]);
    expect(await db.supplier.count()).toBe(0);
  });

  it("makes one row, however many processes start at once, and connects each", async () => {
    const started = await Promise.all(
      Array.from({ length: 8 }, () => connectSuppliers(ctx(configured))),
    );
    expect(await db.supplier.count()).toBe(1);
    await giveBudget(db, (await db.supplier.findFirstOrThrow()).id);
    for (const suppliers of started) {
      const [account] = suppliers.all();
      if (!account) throw new Error("not connected");
      expect(account).toMatchObject({ slug: "foxreload", currency: "USD" });
      expect(suppliers.byId(account.id)).toBe(account);
      const balances = await suppliers.call(
        core,
        account,
        { kind: "read", slice: "refresh", what: "balances" },
        (supplier) => supplier.getBalances(),
      );
      expect(balances.kind).toBe("accepted");
      await suppliers.close();
    }
  });

  it("keeps what the row says at the next start", async () => {
    await db.supplier.updateMany({ data: { name: "Our FoxReload" } });
    const suppliers = await connectSuppliers(ctx(configured));
    expect(suppliers.all()).toMatchObject([{ name: "Our FoxReload" }]);
    await suppliers.close();
  });
});
