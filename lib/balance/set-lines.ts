import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { tellLines } from "./tell-lines.ts";

/** By currency; decimal text. Null: nobody minds that one any more. */
export type LinesWish = Record<
  string,
  { lowAt: string; okAt: string; criticalAt: string | null } | null
>;

/**
 * Sets the lines of an account's currencies; those that aren't named stay, and null forgets all of them. What
 * nobody minds any more isn't told of from here on; a new line counts with the next sample.
 */
export async function setLines(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  supplierId: string,
  wish: LinesWish | null,
): Promise<void> {
  // Whoever samples holds the row while he judges by the lines.
  await tx.$queryRaw`select from suppliers where id = ${supplierId}::uuid for no key update`;
  const named = Object.entries(wish ?? {});
  const forgotten = named.flatMap(([currency, lines]) => (lines === null ? [currency] : []));
  await tx.balanceLine.deleteMany({
    where: { supplierId, ...(wish !== null && { currency: { in: forgotten } }) },
  });
  for (const [currency, lines] of named) {
    if (lines === null) continue;
    const own = { ...lines, ...(lines.criticalAt === null && { criticalSince: null }) };
    await tx.balanceLine.upsert({
      where: { supplierId_currency: { supplierId, currency } },
      create: { supplierId, currency, ...lines },
      update: own,
    });
  }
  await tellLines(tx, core, supplierId, [], { fallsLow: false, fallsCritical: false });
}
