import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { SupplierCategory, SupplierProduct } from "#lib/suppliers/port.ts";
import type { CatalogWalk } from "#prisma/generated/client.ts";
import { WALK_EVERY_MS, WALK_GIVE_UP_MS, WALK_LEASE_SECONDS } from "./sync-schedule.ts";
import { upsertProducts } from "./upsert-products.ts";
import { nextPosition, WALK_START, type WalkPosition } from "./walk-position.ts";

const CATEGORIES = { kind: "read", slice: "refresh", what: "categories" } as const;
const PRODUCTS = { kind: "read", slice: "refresh", what: "products" } as const;

type CatalogContext = Core & { suppliers: SupplierAccounts };

/**
 * Reads one page of an account's catalogue: goes on with the unfinished walk, or begins one when the
 * last is old enough. Only a finished walk marks what it didn't see as gone.
 * @returns `more` while the walk goes on; `idle` when there is nothing to do or the supplier didn't answer
 */
export async function walkCatalogPage(
  ctx: CatalogContext,
  account: SupplierAccount,
): Promise<"more" | "idle"> {
  if ((await ctx.suppliers.silentForMs(ctx, account)) > 0) return "idle";
  const walk = await claimWalk(ctx, account.id);
  if (!walk) return "idle";
  const position = walk.position as WalkPosition;
  const page = await readPage(ctx, account, position);
  if (!page) {
    await ctx.db.catalogWalk.updateMany({
      where: held(walk),
      data: { leaseToken: null, leaseUntil: null },
    });
    return "idle";
  }
  const next = nextPosition(position, {
    next: page.next,
    foundCategoryIds: page.categories.filter(({ hasProducts }) => hasProducts).map(({ id }) => id),
  });
  const kept = await ctx.db.$transaction(
    async (tx) => {
      const { count } = await tx.catalogWalk.updateMany({
        where: held(walk),
        data: {
          position: next ?? position,
          pages: { increment: 1 },
          seen: { increment: page.products.length },
          leaseToken: null,
          leaseUntil: null,
          ...(next ? {} : { finishedAt: ctx.now() }),
        },
      });
      if (count === 0) return false;
      await upsertCategories(tx, ctx, account.id, page.categories, walk.id);
      await upsertProducts(tx, ctx, account.id, page.products, walk.id);
      // An empty catalogue is a fault of the supplier's, not the end of its business.
      const sawAny = walk.seen + page.products.length > 0;
      if (!next && sawAny) await markGone(tx, ctx, account.id, walk);
      await notify(tx, ["catalog"]);
      return true;
    },
    { timeout: 20_000 },
  );
  return next && kept ? "more" : "idle";
}

const held = (walk: CatalogWalk) => ({ id: walk.id, leaseToken: walk.leaseToken });

type PageRead = {
  categories: SupplierCategory[];
  products: SupplierProduct[];
  next: string | null;
};

async function readPage(
  ctx: CatalogContext,
  account: SupplierAccount,
  position: WalkPosition,
): Promise<PageRead | null> {
  if (position.stage === "categories") {
    const outcome = await ctx.suppliers.call(ctx, account, CATEGORIES, (supplier) =>
      supplier.listCategories(position.cursor),
    );
    if (outcome.kind !== "accepted") return null;
    return { categories: outcome.value.items, products: [], next: outcome.value.next };
  }
  const categoryId = position.categoryIds[position.at] ?? "";
  const outcome = await ctx.suppliers.call(ctx, account, PRODUCTS, (supplier) =>
    supplier.listProducts(categoryId, position.cursor),
  );
  if (outcome.kind === "accepted") {
    // The category that was asked for, where a product doesn't name its own.
    const products = outcome.value.items.map((product) => ({
      ...product,
      categoryId: product.categoryId ?? categoryId,
    }));
    return { categories: [], products, next: outcome.value.next };
  }
  // A category that has vanished since the walk began is skipped, not waited for.
  const vanished = outcome.kind === "refused" && outcome.refusal.class === "not_found";
  return vanished ? { categories: [], products: [], next: null } : null;
}

/** Takes the unfinished walk when nobody holds it, or begins one that is due. One walk an account at a time. */
async function claimWalk(ctx: CatalogContext, supplierId: string): Promise<CatalogWalk | null> {
  const now = ctx.now();
  return ctx.db.$transaction(async (tx) => {
    // Not the stronger lock, for which new orders of this supplier would have to wait.
    const [paused] = await tx.$queryRaw<{ is: boolean }[]>`
      select coalesce(polling_paused_until > now(), false) as is from suppliers
      where id = ${supplierId}::uuid for no key update`;
    if (paused?.is) return null;
    const latest = await tx.catalogWalk.findFirst({
      where: { supplierId },
      orderBy: { startedAt: "desc" },
    });
    const leaseToken = ctx.newId();
    const leaseUntil = new Date(now.getTime() + WALK_LEASE_SECONDS * 1_000);
    const ageMs = now.getTime() - (latest?.startedAt.getTime() ?? 0);
    if (latest && !latest.finishedAt) {
      if (latest.leaseUntil && latest.leaseUntil > now) return null;
      if (ageMs < WALK_GIVE_UP_MS) {
        const data = { leaseToken, leaseUntil };
        return tx.catalogWalk.update({ where: { id: latest.id }, data });
      }
      await tx.catalogWalk.delete({ where: { id: latest.id } });
    } else if (ageMs < WALK_EVERY_MS) return null;
    return tx.catalogWalk.create({
      data: {
        id: ctx.newId(),
        supplierId,
        startedAt: now,
        position: WALK_START,
        leaseToken,
        leaseUntil,
      },
    });
  });
}

async function upsertCategories(
  tx: Tx,
  ctx: CatalogContext,
  supplierId: string,
  categories: SupplierCategory[],
  walkId: string,
) {
  for (const { id: externalId, name, slug, parentId } of categories) {
    const facts = { name, slug, parentId, seenInWalk: walkId };
    await tx.category.upsert({
      where: { supplierId_externalId: { supplierId, externalId } },
      create: { id: ctx.newId(), supplierId, externalId, ...facts },
      update: facts,
    });
  }
}

/** What a whole walk didn't see is gone, unless somebody confirmed it since the walk began. */
async function markGone(
  tx: Tx,
  ctx: CatalogContext,
  supplierId: string,
  walk: CatalogWalk,
): Promise<void> {
  await tx.product.updateMany({
    where: {
      supplierId,
      goneAt: null,
      seenAt: { lt: walk.startedAt },
      OR: [{ seenInWalk: null }, { seenInWalk: { not: walk.id } }],
    },
    data: { goneAt: ctx.now() },
  });
  await tx.category.deleteMany({ where: { supplierId, seenInWalk: { not: walk.id } } });
}
