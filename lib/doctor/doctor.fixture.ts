/** A sound database, and ways to break just one thing in it behind the verbs' backs. */
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOrder, createStockProduct, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Examination, runDoctor } from "./run-doctor.ts";

const MINUTE = 60_000;
const SEALED = "v1|k|n|c|t";

const TABLES =
  "delivery_attempts, deliveries, events, endpoints, announced_links, " +
  "codes, code_conflicts, claim_links, hand_outs, stock_levels, stock_changes, stock_products, order_items, order_attempts, " +
  "order_signals, alert_entries, alerts, timeline_entries, supplier_orders, orders, " +
  "balance_samples, inbox_messages, audit_entries, system_signals, suppliers";

let shared: Awaited<ReturnType<typeof createTestDatabase>>;

/** For the top of each file that opens sound databases: one database for all of its tests. */
export function keepOneDatabase(): void {
  beforeAll(async () => {
    shared = await createTestDatabase();
  });
  afterAll(() => shared.drop());
}

/** The file's own database, emptied; or a fresh one for a test that changes the schema. */
async function openEmptyDatabase(fresh: boolean): Promise<Db> {
  if (fresh) {
    const { db, drop } = await createTestDatabase();
    onTestFinished(drop);
    return db;
  }
  const { db } = shared;
  const statements = TABLES.split(", ").map((table) =>
    db.$executeRawUnsafe(`delete from ${table}`),
  );
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    ...statements,
  ]);
  return db;
}

/** A supplier account with one completed order of two codes, one that waits for its codes, one refused. */
export async function openSoundDatabase({ fresh = false } = {}) {
  const db = await openEmptyDatabase(fresh);
  const clock = testClock();
  const core = { ...systemCore(db, createLog("fatal", [])), now: clock.now };
  const supplier = await db.supplier.create({
    data: { slug: "foxreload", kind: "foxreload", name: "FoxReload" },
  });
  const ago = (minutes: number) => new Date(clock.now().getTime() - minutes * MINUTE);
  const soundOrder = (facts: Facts = {}) => insertOrder(db, supplier.id, ago, core.newId, facts);

  const completed = await soundOrder();
  const open = await soundOrder({
    status: "processing",
    finishedAt: null,
    moves: ["submitting", "awaiting_payment", "paid", "processing"],
    codes: 0,
  });
  const rejected = await soundOrder({
    status: "rejected",
    supplierOrderId: null,
    rejection: { class: "validation", code: null, detail: "no" },
    moves: [],
    codes: 0,
    attempts: [{ kind: "create", outcome: "refused" }],
    tellsRefusal: true,
  });

  return {
    core,
    db,
    ago,
    clock,
    supplierId: supplier.id,
    completed,
    open,
    rejected,
    soundOrder,
    /** Runs statements past the triggers and foreign keys, as somebody with psql might. */
    break: (...statements: string[]) =>
      db.$transaction([
        db.$executeRaw`set local session_replication_role = replica`,
        ...statements.map((statement) => db.$executeRawUnsafe(statement)),
      ]),
    /** `I5 <subject> <detail>` for each violation. */
    async complaints(examination?: Examination): Promise<string[]> {
      const results = await runDoctor(core, examination);
      return results.flatMap(({ id, violations }) =>
        violations.map(({ subject, detail }) => `${id} ${subject} ${detail}`),
      );
    },
    mirror: (facts: Record<string, unknown>) =>
      db.supplierOrder.create({
        data: {
          supplierId: supplier.id,
          state: "completed",
          word: "completed",
          items: [],
          currency: "USD",
          isMock: false,
          total: "9.5",
          firstSeenAt: ago(30),
          lastSeenAt: ago(1),
          createdAt: ago(30),
          ...facts,
        } as Parameters<Db["supplierOrder"]["create"]>[0]["data"],
      }),
    /** As the verb does it. */
    async handOut(codeId: string) {
      const handOutId = core.newId();
      const customerRef = "shop-1";
      const who = { actorKind: "job", actorName: "fixture" };
      await db.handOut.create({
        data: { id: handOutId, customerRef, way: "link", createdAt: ago(10), ...who },
      });
      await db.code.updateMany({
        where: { id: codeId },
        data: { state: "handed_out", stateChangedAt: ago(10), customerRef, handOutId },
      });
      await db.auditEntry.create({
        data: {
          ...who,
          action: "code.handed_out",
          objectKind: "code",
          objectId: codeId,
          details: { handOutId, way: "link" },
        },
      });
    },
    sample: (minutesAgo: number, available: string, reserved = "0") =>
      db.balanceSample.create({
        data: {
          supplierId: supplier.id,
          currency: "USD",
          available,
          reserved,
          pending: "0",
          sampledAt: ago(minutesAgo),
        },
      }),
  };
}

export type SoundDatabase = Awaited<ReturnType<typeof openSoundDatabase>>;

type Facts = {
  status?: string;
  moves?: string[];
  codes?: number;
  attempts?: { kind: string; outcome: string | null; resolution?: string }[];
  /** Minutes before now. */
  createdAgo?: number;
  tellsRefusal?: boolean;
  [column: string]: unknown;
};

async function insertOrder(
  db: Db,
  supplierId: string,
  ago: (minutes: number) => Date,
  newId: () => string,
  facts: Facts,
) {
  const {
    status = "completed",
    moves = ["submitting", "awaiting_payment", "paid", "processing", "completed"],
    codes = 2,
    attempts = [
      { kind: "create", outcome: "accepted" },
      { kind: "pay", outcome: "accepted" },
    ],
    createdAgo = 60,
    tellsRefusal = false,
    ...columns
  } = facts;
  const at = ago(createdAgo);
  const isOpen = ["submitting", "awaiting_payment", "paid", "processing"].includes(status);
  const { order, item } = await createOrder(
    db,
    supplierId,
    {
      status,
      agreedTotal: "9.5",
      createdAt: at,
      statusChangedAt: at,
      finishedAt: at,
      nextPollAt: isOpen ? new Date() : null,
      ...columns,
    } as Parameters<typeof createOrder>[2],
    { quantity: 2 },
  );
  const orderId = order.id;
  if (order.supplierOrderId !== null) {
    await db.supplierOrder.create({
      data: {
        supplierId,
        supplierOrderId: order.supplierOrderId.toLowerCase(),
        state: status,
        word: status,
        items: [],
        firstSeenAt: at,
        lastSeenAt: at,
        attribution: "ours",
        orderId,
        attributedAt: at,
      },
    });
  }
  await db.orderAttempt.createMany({
    data: attempts.map((attempt) => ({
      id: newId(),
      orderId,
      startedAt: at,
      finishedAt: attempt.outcome === null ? null : at,
      ...(attempt.resolution ? { resolvedAt: at } : {}),
      ...attempt,
    })),
  });
  const entry = (kind: string, data: Record<string, string | number>) => ({
    id: newId(),
    orderId,
    at,
    kind,
    data,
  });
  await db.timelineEntry.createMany({
    data: [
      entry("placed", {}),
      ...(tellsRefusal ? [entry("create_refused", {})] : []),
      ...moves
        .slice(1)
        .map((to, index) => entry("status_changed", { from: moves[index] ?? "", to })),
      ...(codes > 0 ? [entry("codes_stored", { count: codes })] : []),
    ],
  });
  const cameToNothing = status === "cancelled" || status === "failed";
  const stockProductId = await createStockProduct(db, supplierId);
  const stored = Array.from({ length: codes }, (_, position) => ({
    id: newId(),
    itemId: item.id,
    position,
    sealed: SEALED,
    blindIndex: `index-${orderId}-${position}`,
    mask: "••••",
    orderId,
    stockProductId,
    isMock: order.isMock,
    state: cameToNothing ? ("withheld" as const) : ("available" as const),
    stateChangedAt: at,
    cost: "4.75",
    currency: "USD",
    storedAt: at,
  }));
  await db.code.createMany({ data: stored });
  if (codes > 0 && cameToNothing) {
    const alertId = newId();
    await db.alert.create({
      data: {
        ...{ id: alertId, kind: "codes_withheld", subject: orderId, orderId, supplierId },
        ...{ severity: "warning", state: "open", isMock: order.isMock },
        ...{ openedAt: at, lastAt: at, changedAt: at },
      },
    });
    await db.orderSignal.create({
      data: { id: newId(), orderId, key: "codes_withheld", openedAt: at, alertId },
    });
  }
  return { id: orderId, supplierOrderId: order.supplierOrderId, itemId: item.id, codes: stored };
}
