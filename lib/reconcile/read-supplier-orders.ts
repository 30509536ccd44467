import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { placementMode } from "#lib/placement/capabilities.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Json } from "#lib/platform/json.ts";
import { literally } from "#lib/platform/search-text.ts";
import type { Prisma, SupplierOrder } from "#prisma/generated/client.ts";
import type { SupplierOrderFilter } from "./supplier-order-filter.ts";
import type { SupplierOrderAttribution, SupplierOrderPage, SupplierOrderRow } from "./types.ts";

const PAGE_SIZE = 50;
const MOST_ADOPTERS = 20;

/** Supplier orders by whose they are, newest first seen first; by default those that are nobody's. */
export async function readSupplierOrders(
  core: Core,
  actor: Actor,
  filter: SupplierOrderFilter,
): Promise<SupplierOrderPage> {
  requirePermission(actor, "orders.read");
  const where: Prisma.SupplierOrderWhereInput = {
    ...shown(filter.show),
    ...(filter.search
      ? { supplierOrderId: { startsWith: literally(filter.search.toLowerCase()) } }
      : {}),
  };
  const after = cursorOf(filter.after);
  const rows = await core.db.supplierOrder.findMany({
    where: after ? { AND: [where, behind(after)] } : where,
    orderBy: [{ firstSeenAt: "desc" }, { supplierOrderId: "desc" }],
    take: PAGE_SIZE + 1,
    include: { supplier: { select: { name: true } } },
  });
  const page = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined;
  const names = await productNames(core, page);
  return {
    rows: await Promise.all(page.map((row) => toRow(core, row, names))),
    next: last ? `${last.firstSeenAt.toISOString()}~${last.supplierOrderId}` : null,
    unattributed: await countUnattributed(core),
    accounts: await readAccounts(core),
    may: { decide: can(actor, "orders.decide") },
    readAt: core.now().toISOString(),
  };
}

/** Supplier orders that a person should look at. */
export const countUnattributed = (core: Core): Promise<number> =>
  core.db.supplierOrder.count({ where: { attribution: null, alertedAt: { not: null } } });

function shown(show: SupplierOrderFilter["show"]): Prisma.SupplierOrderWhereInput {
  switch (show) {
    case undefined:
      return { attribution: null };
    case "all":
      return {};
    case "foreign":
    case "orphan":
    case "ours":
      return { attribution: show };
  }
}

type Cursor = { at: Date; id: string };

function cursorOf(text: string | undefined): Cursor | null {
  const [at, id] = text?.split("~") ?? [];
  const date = new Date(at ?? "");
  return id && !Number.isNaN(date.getTime()) ? { at: date, id } : null;
}

const behind = ({ at, id }: Cursor): Prisma.SupplierOrderWhereInput => ({
  OR: [{ firstSeenAt: { lt: at } }, { firstSeenAt: at, supplierOrderId: { lt: id } }],
});

type Line = { productId: string | null; quantity: number | null };
const linesOf = (row: SupplierOrder): Line[] => row.items as Line[];

async function productNames(core: Core, rows: SupplierOrder[]): Promise<Map<string, string>> {
  const ids = rows.flatMap((row) => linesOf(row).flatMap(({ productId }) => productId ?? []));
  const products = await core.db.product.findMany({
    where: { externalId: { in: [...new Set(ids)] } },
    select: { externalId: true, name: true },
  });
  return new Map(products.map(({ externalId, name }) => [externalId, name]));
}

type Row = SupplierOrder & { supplier: { name: string } };

async function toRow(core: Core, row: Row, names: Map<string, string>): Promise<SupplierOrderRow> {
  return {
    supplierId: row.supplierId,
    supplierName: row.supplier.name,
    supplierOrderId: row.supplierOrderId,
    word: row.word,
    state: row.state,
    total: row.total?.toFixed() ?? null,
    currency: row.currency,
    isMock: row.isMock,
    items: linesOf(row).map(({ productId, quantity }) => ({
      name: names.get(productId ?? "") ?? productId ?? "",
      quantity,
    })),
    createdAt: row.createdAt?.toISOString() ?? null,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    attribution: row.attribution as SupplierOrderAttribution | null,
    orderId: row.orderId,
    attributedAt: row.attributedAt?.toISOString() ?? null,
    attributedBy: row.attributedBy,
    reason: row.reason,
    alertedAt: row.alertedAt?.toISOString() ?? null,
    adopters: row.attribution === null ? await adoptersOf(core, row) : [],
  };
}

/** Orders of ours that have no supplier order yet and ask for just these goods. */
async function adoptersOf(
  core: Core,
  { supplierId, fingerprint, firstSeenAt }: SupplierOrder,
): Promise<SupplierOrderRow["adopters"]> {
  if (fingerprint === null) return [];
  const orders = await core.db.order.findMany({
    where: {
      supplierId,
      fingerprint,
      // One in doubt may have made only what appeared after it; one that waits may have any.
      OR: [{ status: "submitting" }, { status: "unconfirmed", createdAt: { lte: firstSeenAt } }],
    },
    orderBy: { id: "desc" },
    take: MOST_ADOPTERS,
    select: { id: true, customerRef: true, status: true, createdAt: true },
  });
  return orders.map(({ id, createdAt, ...order }) => ({
    orderId: id,
    ...order,
    createdAt: createdAt.toISOString(),
  }));
}

async function readAccounts(core: Core): Promise<SupplierOrderPage["accounts"]> {
  const suppliers = await core.db.supplier.findMany({
    orderBy: { name: "asc" },
    include: { capabilities: { where: { name: { in: ["create_is_free", "duplicate_guard"] } } } },
  });
  return suppliers.map(({ id, name, settlingMs, isExclusive, auditedAt, capabilities }) => ({
    supplierId: id,
    name,
    mode: placementMode(
      Object.fromEntries(capabilities.map(({ name, value: known }) => [name, known as Json])),
    ),
    settlingMs,
    isExclusive,
    auditedAt: auditedAt?.toISOString() ?? null,
  }));
}
