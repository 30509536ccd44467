import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { literally } from "#lib/platform/search-text.ts";
import { type Pauses, readPauses } from "#lib/suppliers/read-pauses.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { findLate } from "./find-late.ts";
import { sinceOf } from "./find-since.ts";
import { dueAfterPause, isHeldUp } from "./held-up.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { OrderFilter } from "./order-filter.ts";
import { OVERDUE_AFTER_MS } from "./overdue-policy.ts";
import { isStalled } from "./poll-schedule.ts";
import type { SignalKey } from "./signals.ts";
import {
  hasStalled,
  readStalledAfter,
  type StalledAfter,
  stalledAfterMs,
} from "./stalled-after.ts";
import type { OrderPage, OrderRow } from "./types.ts";

const PAGE_SIZE = 50;

/** What an order row is made of; the order page shares it. */
export const ROW_SELECT = {
  id: true,
  supplierId: true,
  status: true,
  isMock: true,
  currency: true,
  agreedTotal: true,
  chargedTotal: true,
  customerRef: true,
  actorName: true,
  createdAt: true,
  statusChangedAt: true,
  toldSince: true,
  lastLookedAt: true,
  nextPollAt: true,
  failedLooks: true,
  signals: { where: { clearedAt: null }, select: { key: true } },
  items: {
    orderBy: { position: "asc" },
    select: {
      externalId: true,
      productName: true,
      quantity: true,
      isService: true,
      _count: { select: { codes: true } },
    },
  },
} as const satisfies Prisma.OrderSelect;

type Selected = Prisma.OrderGetPayload<{ select: typeof ROW_SELECT }>;

/** Newest first, by keyset: ids are UUIDv7. */
export async function listOrders(
  core: Core,
  actor: Actor,
  filter: OrderFilter,
): Promise<OrderPage> {
  requirePermission(actor, "orders.read");
  const [stalledAfter, pauses] = await Promise.all([
    readStalledAfter(core),
    readPauses(core.db, core.now()),
  ]);
  const rows = await core.db.order.findMany({
    where: await whereOf(core, filter, stalledAfter),
    orderBy: { id: "desc" },
    take: PAGE_SIZE + 1,
    select: ROW_SELECT,
  });
  const now = core.now();
  const page = rows.slice(0, PAGE_SIZE).map((row) => toRow(row, now, stalledAfter, pauses));
  const next = rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null;
  return { rows: page, next, readAt: now.toISOString() };
}

/** An open signal, or a stall that nobody has flagged yet. */
export function needsAttention(now: Date, stalledAfter: StalledAfter): Prisma.OrderWhereInput {
  return { OR: [{ signals: { some: { clearedAt: null } } }, hasStalled(stalledAfter, now)] };
}

async function whereOf(
  core: Core,
  filter: OrderFilter,
  stalledAfter: StalledAfter,
): Promise<Prisma.OrderWhereInput> {
  const { status, attention, retrying, overdue, mock, currency, search, after } = filter;
  const now = core.now();
  return {
    ...(after ? { id: { lt: after } } : {}),
    ...(status?.length ? { status: { in: status as OrderStatus[] } } : {}),
    ...(mock ? { isMock: mock === "only" } : {}),
    ...(currency ? { currency } : {}),
    AND: [
      ...(attention ? [needsAttention(now, stalledAfter)] : []),
      ...(search ? [{ OR: searchOf(search) }] : []),
      ...(await sinceOf(core.db, filter)),
      ...(retrying || overdue ? [await lateness(core, filter, now)] : []),
    ],
  };
}

async function lateness(
  { db }: Core,
  filter: OrderFilter,
  now: Date,
): Promise<Prisma.OrderWhereInput> {
  const late = {
    retrying: filter.retrying !== undefined,
    overdue: filter.overdue !== undefined,
    after: filter.after,
  };
  const ids = await findLate(db, late, now);
  if (ids) return { id: { in: ids } };
  const dueBefore = new Date(now.getTime() - OVERDUE_AFTER_MS);
  return {
    nextPollAt: late.overdue ? { lt: dueBefore } : { not: null },
    ...(late.overdue ? { NOT: isHeldUp(dueBefore) } : {}),
    ...(late.retrying ? { failedLooks: { gt: 0 } } : {}),
  };
}

function searchOf(search: string): Prisma.OrderWhereInput[] {
  return [
    ...(isUuid(search) ? [{ id: search.toLowerCase() }] : []),
    { supplierOrderId: search },
    { customerRef: { startsWith: literally(search), mode: "insensitive" } },
    { items: { some: { productName: { contains: literally(search), mode: "insensitive" } } } },
  ];
}

export function toRow(
  order: Selected,
  now: Date,
  stalledAfter: StalledAfter,
  pauses: Pauses,
): OrderRow {
  const { items, signals, agreedTotal, chargedTotal } = order;
  const open = new Set(signals.map(({ key }) => key as SignalKey));
  // Computed here as well, so that a stall shows even while no engine runs to flag it.
  const externalIds = items.map(({ externalId }) => externalId);
  const afterMs = stalledAfterMs(stalledAfter, { supplierId: order.supplierId, externalIds });
  if (isStalled(order, now, afterMs)) open.add("stalled");
  return {
    id: order.id,
    status: order.status,
    isMock: order.isMock,
    productName: items[0]?.productName ?? "",
    moreItems: Math.max(0, items.length - 1),
    quantity: items.reduce((sum, item) => sum + item.quantity, 0),
    total: (chargedTotal ?? agreedTotal).toFixed(),
    currency: order.currency,
    customerRef: order.customerRef,
    placedBy: order.actorName,
    createdAt: order.createdAt.toISOString(),
    statusChangedAt: order.statusChangedAt.toISOString(),
    lastLookedAt: order.lastLookedAt?.toISOString() ?? null,
    nextPollAt: dueAfterPause(order, pauses),
    failedLooks: order.failedLooks,
    codesStored: items.reduce((sum, item) => sum + item._count.codes, 0),
    codesExpected: items.reduce((sum, item) => sum + (item.isService ? 0 : item.quantity), 0),
    signals: [...open],
  };
}
