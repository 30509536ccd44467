import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { SEALED_SUPPLIER_SECRETS } from "./sealed-secrets.ts";

const SHOWN = 4;
/** Of a shorter one, four characters would be too much of it. */
const SHORTEST_SHOWN = 12;

/** Seals secrets of an account and writes them beside those it has. To be awaited before: `sealer.ready()`. */
export async function keepSecrets(
  tx: Tx,
  { sealer, newId, now }: Pick<Core, "newId" | "now"> & { sealer: Sealer },
  actor: Actor,
  supplierId: string,
  secrets: Record<string, string>,
): Promise<void> {
  await tx.supplierSecret.createMany({
    data: Object.entries(secrets).map(([name, value]) => {
      const id = newId();
      return {
        id,
        supplierId,
        name,
        sealed: sealer.seal(value, SEALED_SUPPLIER_SECRETS.boundTo(id)),
        lastFour: value.length >= SHORTEST_SHOWN ? value.slice(-SHOWN) : "",
        createdAt: now(),
        createdBy: actor.name,
      };
    }),
  });
}
