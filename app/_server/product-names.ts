import { can } from "#lib/access/actor.ts";
import { readStockProductOption, type StockProductOption } from "#lib/codes/find-stock-products.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import type { UserActor } from "./current-actor.ts";

/** Stock products by name, as far as there still are such; none for those who may not look them up. */
export async function productNames(
  ctx: Runtime,
  actor: UserActor,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "codes.import")) return [];
  const found = await Promise.all(ids.map((id) => readStockProductOption(ctx, actor, id)));
  return found.flatMap((product) => (product ? [{ id: product.id, name: nameOf(product) }] : []));
}

/** Many names have their region in them. */
const nameOf = ({ name, region }: StockProductOption): string =>
  region && !name.includes(region) ? `${name} (${region})` : name;
