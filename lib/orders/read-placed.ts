import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { inBatches } from "#lib/platform/in-batches.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { isFinished, type OrderStatus } from "./lifecycle.ts";
import type { Rejection } from "./types.ts";

/** An order as whoever had it placed is told of it: how it stands, not how it is worked on. Plain JSON. */
export type PlacedOrder = {
  id: string;
  clientRef: string;
  customerRef: string | null;
  status: OrderStatus;
  isFinal: boolean;
  reason: string | null;
  supplier: string;
  supplierOrderId: string | null;
  isMock: boolean;
  currency: string;
  agreedTotal: string;
  chargedTotal: string | null;
  items: {
    id: string;
    itemId: string;
    productName: string;
    region: string | null;
    quantity: number;
    unitPrice: string;
    error: string | null;
    codes: number;
  }[];
  createdAt: string;
  statusChangedAt: string;
  paidAt: string | null;
  finishedAt: string | null;
};

export type PlacedFilter = {
  status?: OrderStatus[] | undefined;
  customerRef?: string | undefined;
  /** By the API key with this id. */
  placedBy?: string | undefined;
  /** From then on. */
  createdFrom?: Date | undefined;
  /** Before then. */
  createdBefore?: Date | undefined;
  after?: string | undefined;
  limit: number;
};

const SELECT = {
  id: true,
  clientRef: true,
  customerRef: true,
  status: true,
  cancelReason: true,
  rejection: true,
  supplier: { select: { slug: true } },
  supplierOrderId: true,
  isMock: true,
  currency: true,
  agreedTotal: true,
  chargedTotal: true,
  createdAt: true,
  statusChangedAt: true,
  paidAt: true,
  finishedAt: true,
  items: {
    orderBy: { position: "asc" },
    select: {
      id: true,
      externalId: true,
      productName: true,
      region: true,
      quantity: true,
      unitPrice: true,
      error: true,
      _count: { select: { codes: true } },
    },
  },
} as const satisfies Prisma.OrderSelect;

type Row = Prisma.OrderGetPayload<{ select: typeof SELECT }>;

/** Null when there is none. Throws `forbidden`. */
export async function readPlaced(
  core: Pick<Core, "db">,
  actor: Actor,
  orderId: string,
): Promise<PlacedOrder | null> {
  requirePermission(actor, "orders.read");
  if (!isUuid(orderId)) return null;
  return readById(core, orderId);
}

const readById = inBatches(async ({ db }: Pick<Core, "db">, ids: readonly string[]) => {
  const rows = await db.order.findMany({ where: { id: { in: [...ids] } }, select: SELECT });
  const byId = new Map(rows.map((row) => [row.id, toPlaced(row)]));
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
});

/** The order that was placed under a reference. Throws `forbidden`. */
export async function findPlaced(
  core: Pick<Core, "db">,
  actor: Actor,
  clientRef: string,
): Promise<PlacedOrder | null> {
  requirePermission(actor, "orders.read");
  const row = await core.db.order.findUnique({ where: { clientRef }, select: SELECT });
  return row && toPlaced(row);
}

/** Whether an API key placed it. */
export async function isPlacedBy(
  core: Pick<Core, "db">,
  keyId: string,
  orderId: string,
): Promise<boolean> {
  const where = { id: orderId, actorKind: "key", actorId: keyId };
  return (await core.db.order.count({ where })) > 0;
}

/** Newest first, by keyset: ids are UUIDv7. Throws `forbidden`. */
export async function listPlaced(
  core: Pick<Core, "db">,
  actor: Actor,
  filter: PlacedFilter,
): Promise<{ orders: PlacedOrder[]; next: string | null }> {
  requirePermission(actor, "orders.read");
  const { status, customerRef, placedBy, createdFrom, createdBefore, after, limit } = filter;
  const created = {
    ...(createdFrom ? { gte: createdFrom } : {}),
    ...(createdBefore ? { lt: createdBefore } : {}),
  };
  const rows = await core.db.order.findMany({
    where: {
      ...(after ? { id: { lt: after } } : {}),
      ...(status?.length ? { status: { in: status } } : {}),
      ...(customerRef === undefined ? {} : { customerRef }),
      ...(placedBy === undefined ? {} : { actorKind: "key", actorId: placedBy }),
      ...(createdFrom || createdBefore ? { createdAt: created } : {}),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    select: SELECT,
  });
  const orders = rows.slice(0, limit).map(toPlaced);
  return { orders, next: rows.length > limit ? (orders.at(-1)?.id ?? null) : null };
}

function toPlaced(row: Row): PlacedOrder {
  const { items, supplier, cancelReason, rejection, ...order } = row;
  return {
    id: order.id,
    clientRef: order.clientRef,
    customerRef: order.customerRef,
    status: order.status,
    isFinal: isFinished(order.status),
    reason: reasonOf(rejection as Rejection | null) ?? (cancelReason || null),
    supplier: supplier.slug,
    supplierOrderId: order.supplierOrderId,
    isMock: order.isMock,
    currency: order.currency,
    agreedTotal: order.agreedTotal.toFixed(),
    chargedTotal: order.chargedTotal?.toFixed() ?? null,
    items: items.map(({ externalId, unitPrice, _count, ...item }) => ({
      ...item,
      itemId: externalId,
      unitPrice: unitPrice.toFixed(),
      codes: _count.codes,
    })),
    createdAt: order.createdAt.toISOString(),
    statusChangedAt: order.statusChangedAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    finishedAt: order.finishedAt?.toISOString() ?? null,
  };
}

/** A person's own words are for the console. */
const reasonOf = (rejection: Rejection | null): string | null =>
  rejection && (rejection.class === "given_up" ? "given up" : rejection.detail);
