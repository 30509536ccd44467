import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { SuppliersContext } from "./context.ts";
import { readSupplierRows, rightsOf } from "./read-supplier-rows.ts";
import type { SuppliersRoomView } from "./room-types.ts";

/** Every account and how it is doing. Throws `forbidden`. */
export async function readSuppliersRoom(
  ctx: Pick<SuppliersContext, "db" | "suppliers" | "env" | "now">,
  actor: Actor,
): Promise<SuppliersRoomView> {
  requirePermission(actor, "suppliers.read");
  return {
    rows: await readSupplierRows(ctx),
    may: rightsOf(actor),
    readAt: ctx.now().toISOString(),
  };
}
