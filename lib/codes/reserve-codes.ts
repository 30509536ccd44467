import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { whenEnough } from "./hand-out-codes.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import type { ReserveInput } from "./schema.ts";
import { lockCodes, takeNext } from "./store.ts";

export type ReserveAnswer =
  | { kind: "reserved"; codeIds: string[] }
  /** Too few in stock; nothing was reserved. */
  | { kind: "out_of_stock"; available: number };

/** Keeps codes in stock for a customer, all that were asked for or none. Throws `forbidden`. */
export async function reserveCodes(
  core: Core,
  actor: Actor,
  input: ReserveInput,
  request: RequestFacts,
): Promise<ReserveAnswer> {
  requirePermission(actor, "codes.mark");
  const { customerRef } = input;
  const isFromStock = "stockProductId" in input;
  const wanted = isFromStock ? input.quantity : input.codeIds.length;
  return whenEnough(isFromStock, (taking) =>
    core.db.$transaction(async (tx) => {
      const now = core.now();
      const found = isFromStock
        ? await takeNext(tx, input.stockProductId, wanted, now, taking)
        : await lockCodes(tx, input.codeIds);
      const codes = found.filter(
        ({ state, expiresAt }) => state === "available" && (expiresAt === null || expiresAt > now),
      );
      if (codes.length < wanted) return { kind: "out_of_stock", available: codes.length } as const;
      const codeIds = codes.map(({ id }) => id);
      await tx.code.updateMany({
        where: { id: { in: codeIds } },
        data: { state: "reserved", stateChangedAt: now, customerRef },
      });
      const details = () => ({ customerRef });
      await noteOnCodes(tx, core, actor, codes, { action: "code.reserved", details }, request);
      return { kind: "reserved", codeIds } as const;
    }, PATIENT),
  );
}
