import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { literally } from "#lib/platform/search-text.ts";
import type { CodeFilter } from "./code-filter.ts";
import type { CodePage } from "./types.ts";

const PAGE_SIZE = 50;

/** Newest first, by keyset: ids are UUIDv7. */
export async function listCodes(core: Core, actor: Actor, filter: CodeFilter): Promise<CodePage> {
  requirePermission(actor, "codes.read");
  const search = filter.search && literally(filter.search);
  const rows = await core.db.code.findMany({
    where: {
      ...(filter.after ? { id: { lt: filter.after } } : {}),
      item: {
        order: { isMock: filter.mock === "only" },
        ...(search
          ? {
              OR: [
                { productName: { contains: search, mode: "insensitive" } },
                { order: { customerRef: { startsWith: search, mode: "insensitive" } } },
              ],
            }
          : {}),
      },
    },
    orderBy: { id: "desc" },
    take: PAGE_SIZE + 1,
    select: {
      id: true,
      mask: true,
      withheld: true,
      storedAt: true,
      revealedAt: true,
      item: {
        select: {
          productName: true,
          region: true,
          order: { select: { id: true, customerRef: true, isMock: true } },
        },
      },
    },
  });
  const page = rows.slice(0, PAGE_SIZE).map(({ item, storedAt, revealedAt, ...code }) => ({
    ...code,
    productName: item.productName,
    region: item.region,
    orderId: item.order.id,
    customerRef: item.order.customerRef,
    isMock: item.order.isMock,
    storedAt: storedAt.toISOString(),
    revealedAt: revealedAt?.toISOString() ?? null,
  }));
  const next = rows.length > PAGE_SIZE ? (page.at(-1)?.id ?? null) : null;
  return { rows: page, next, readAt: core.now().toISOString() };
}
