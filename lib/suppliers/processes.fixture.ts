/** Processes of ours that share one account, on a database whose clock moves only when a test says so. */
import { v7 } from "uuid";
import type { Core } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { scriptedSupplier } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type CallOrder, createAccounts, type Slice, type SupplierAccounts } from "./account.ts";
import { bareAccount } from "./bare-account.ts";
import { configureBudget } from "./configure-budget.ts";
import type { Outcome, Refusal } from "./port.ts";

/** Found in this schema first, `now()` is the test's. */
const CLOCK = `
  create schema clock;
  create table clock.at (ms float8 not null);
  insert into clock.at values (0);
  create function clock.now() returns timestamptz language sql stable as
    $$ select to_timestamp(ms / 1000) from clock.at $$;`;
const START = Date.UTC(2026, 5, 15, 10);

export const OK: Outcome<string> = { kind: "accepted", value: "fine" };
export const DEAD: Outcome<string> = { kind: "unknown", reason: "timeout", httpStatus: null };
export const refused = (refusal: Partial<Refusal>): Outcome<string> => ({
  kind: "refused",
  refusal: { class: "validation", code: null, detail: "no", httpStatus: 400, ...refusal },
});
export const told = (seconds: number): Outcome<string> =>
  refused({ class: "rate_limited", httpStatus: 429, retryAfterMs: seconds * 1_000 });

export type Ours = {
  suppliers: SupplierAccounts;
  /** One call; what the supplier is to answer, or what it takes to. */
  call(
    slice: Slice,
    answer?: Outcome<string> | (() => Promise<Outcome<string>>),
    order?: Partial<CallOrder>,
  ): ReturnType<SupplierAccounts["call"]>;
};

export async function openProcesses() {
  const { url, db: admin, drop } = await createTestDatabase();
  for (const statement of CLOCK.split(";\n").filter((one) => one.trim())) {
    await admin.$executeRawUnsafe(statement);
  }
  const clocked = new URL(url);
  clocked.searchParams.set("options", "-c search_path=clock,pg_catalog,public");
  const db = openDb(clocked.href);
  let nowMs = START;
  const core: Core & { sleep: (ms: number) => Promise<void> } = {
    db,
    log: createLog("silent", []),
    now: () => new Date(nowMs),
    newId: () => v7(),
    random: () => 0.5,
    sleep: (ms) => advance(ms),
  };

  async function advance(ms: number): Promise<void> {
    nowMs += ms;
    await admin.$executeRawUnsafe(`update clock.at set ms = ${nowMs}`);
  }
  await advance(0);
  const data = { slug: "foxreload", kind: "foxreload", name: "FoxReload" };
  const { id } = await admin.supplier.create({ data });
  const account = bareAccount({ id, ...data, supplier: scriptedSupplier() });

  return {
    db,
    core,
    account,
    now: () => nowMs,
    advance,
    budget: () => db.callBudget.findUniqueOrThrow({ where: { supplierId: id } }),
    /** Nothing was ever called, and a bucket is full. */
    async reset(callsPerMinute: number): Promise<void> {
      await advance(24 * 60 * 60_000);
      await db.callBudget.deleteMany();
      await db.callCount.deleteMany();
      await db.supplier.updateMany({ data: { blockedUntil: null, lastOkAt: null } });
      await db.$transaction((tx) => configureBudget(tx, id, { callsPerMinute }));
    },
    /** As one process of ours has the account. */
    process(): Ours {
      const suppliers = createAccounts([account], { ticks: () => nowMs });
      return {
        suppliers,
        call: (slice, answer = OK, order = {}) =>
          suppliers.call(core, account, { kind: "read", slice, what: "test", ...order }, () =>
            typeof answer === "function" ? answer() : Promise.resolve(answer),
          ),
      };
    },
    async close(): Promise<void> {
      await db.$disconnect();
      await drop();
    },
  };
}

export type Processes = Awaited<ReturnType<typeof openProcesses>>;

/** Most calls within any minute. */
export function mostInAMinute(calls: number[]): number {
  let most = 0;
  let from = 0;
  for (const [index, at] of calls.entries()) {
    while ((calls[from] ?? 0) <= at - 60_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
