import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { NewImport } from "./import-input.ts";
import { type ImportView, readImport } from "./import-view.ts";

export type BegunImport =
  | { kind: "begun"; import: ImportView }
  /** The same rows are being imported: go on with that one, or stop it first. Nothing was stored. */
  | { kind: "under_way"; import: ImportView }
  /** They were, to the end or until somebody stopped it. Nothing was stored; `anew` begins all the same. */
  | { kind: "seen_before"; import: ImportView };

/** Keyed, since a digest of few codes could be guessed. */
export const fingerprintOf = (sealer: Pick<Sealer, "blindIndex">, digest: string): string =>
  sealer.blindIndex(`import ${digest}`);

/**
 * Notes what is about to be imported, before any row of it; asked again with the same id it answers the
 * same import. Throws `forbidden`, `not_found` (no such product), `conflict` (the id is another's).
 */
export async function beginImport(
  core: Core & { sealer: Pick<Sealer, "blindIndex"> },
  actor: Actor,
  wanted: NewImport,
  request: { address: string | null; correlationId: string | null },
): Promise<BegunImport> {
  requirePermission(actor, "codes.import");
  const fingerprint = fingerprintOf(core.sealer, wanted.digest);
  return core.db.$transaction(async (tx) => {
    // Two tabs with the same file take turns here, so that the second sees the first.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${fingerprint}, 0))`;
    const before = await tx.codeImport.findUnique({ where: { id: wanted.id } });
    if (before) {
      if (before.fingerprint !== fingerprint) throw new KeyholdError("conflict", "the id is taken");
      return { kind: "begun", import: await viewOf(tx, wanted.id) };
    }
    const [same] = await tx.codeImport.findMany({
      where: { fingerprint, ...(wanted.anew && { finishedAt: null, stoppedAt: null }) },
      // What is under way comes before what has ended.
      orderBy: [
        { finishedAt: { sort: "asc", nulls: "first" } },
        { stoppedAt: { sort: "desc", nulls: "first" } },
      ],
      take: 1,
    });
    if (same) {
      const isOver = same.finishedAt !== null || same.stoppedAt !== null;
      return { kind: isOver ? "seen_before" : "under_way", import: await viewOf(tx, same.id) };
    }
    const stockProductId = await productOf(tx, core, wanted.product);
    const { id, source, total, cost, currency } = wanted;
    const now = core.now();
    await tx.codeImport.create({
      data: {
        id,
        stockProductId,
        source,
        fingerprint,
        total,
        cost,
        currency,
        ...actorColumns(actor),
        createdAt: now,
      },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "import.begun",
      objectKind: "import",
      objectId: id,
      details: { stockProductId, source, total, cost, currency },
      ...request,
    });
    return { kind: "begun", import: await viewOf(tx, id) };
  });
}

async function viewOf(tx: Tx, id: string): Promise<ImportView> {
  const view = await readImport(tx, id);
  if (!view) throw new KeyholdError("not_found", `import ${id}`);
  return view;
}

/** The product that is named, or goods of our own by that name: made where they are new. */
async function productOf(
  tx: Tx,
  { newId, now }: Pick<Core, "newId" | "now">,
  product: NewImport["product"],
): Promise<string> {
  if ("id" in product) {
    const found = await tx.stockProduct.findUnique({ where: { id: product.id } });
    if (!found) throw new KeyholdError("not_found", `stock product ${product.id}`);
    return found.id;
  }
  const { name, region } = product;
  await tx.$executeRaw`
    insert into stock_products (id, name, region, created_at)
    values (${newId()}::uuid, ${name}, ${region}, ${now()})
    on conflict (lower(name), coalesce(lower(region), '')) where supplier_id is null do nothing`;
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id::text from stock_products
    where supplier_id is null and lower(name) = lower(${name})
      and coalesce(lower(region), '') = coalesce(lower(${region}), '')`;
  if (!row) throw new KeyholdError("conflict", "the product was not made");
  return row.id;
}
