import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

export type ProductConfig = {
  /** Milliseconds in one open state that are a stall of its orders; null: as its supplier has it. */
  stalledAfterMs: number | null;
};

/**
 * Sets how a product's orders are watched; it counts at once, for every process. Throws `not_found`. For the
 * command line, which acts by a job's name.
 */
export async function configureProduct(
  core: Core,
  actor: Extract<Actor, { kind: "job" }>,
  { slug, externalId }: { slug: string; externalId: string },
  { stalledAfterMs }: ProductConfig,
): Promise<{ name: string } & ProductConfig> {
  return core.db.$transaction(async (tx) => {
    const product = await tx.product.findFirst({
      where: { externalId, supplier: { slug } },
      select: { id: true, name: true },
    });
    if (!product) throw new KeyholdError("not_found", `product ${externalId} of ${slug}`);
    const { id, name } = product;
    await tx.product.update({ where: { id }, data: { stalledAfterMs }, select: { id: true } });
    await appendAuditEntry(tx, core, actor, {
      action: "product.configured",
      objectKind: "product",
      objectId: id,
      details: { externalId, stalledAfterMs },
      address: null,
      correlationId: null,
    });
    return { name, stalledAfterMs };
  });
}
