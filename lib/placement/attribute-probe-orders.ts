import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { wakeGate } from "./gates.ts";
import { mirrorId, mirrorOrders, setAttribution } from "./mirror.ts";

/**
 * A mock order that a probe made is nobody's order of ours: noted as foreign at once, or it would be
 * taken for one that was lost. One that an audit has found already, and alerted, is cleared up; one
 * that is somebody's stays so.
 */
export async function attributeProbeOrder(
  core: Pick<Core, "db" | "now">,
  supplierId: string,
  order: SupplierOrder,
): Promise<void> {
  const id = mirrorId(order);
  await core.db.$transaction(async (tx) => {
    await mirrorOrders(tx, core, supplierId, [order]);
    const [row] = await tx.$queryRaw<{ attribution: string | null; fingerprint: string | null }[]>`
      select attribution, fingerprint from supplier_orders
      where supplier_id = ${supplierId}::uuid and supplier_order_id = ${id} for update`;
    if (!row || row.attribution !== null) return;
    await setAttribution(tx, core, supplierId, id, {
      attribution: "foreign",
      by: "probe",
      reason: "A mock order made to find out what this account's API does.",
    });
    if (row.fingerprint) await wakeGate(tx, { supplierId, fingerprint: row.fingerprint });
    await notify(tx, ["supplier_orders", "work"]);
  });
}
