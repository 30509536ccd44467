import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { type CodeState, canMove } from "./lifecycle.ts";
import { type LockedCode, lockCodes } from "./store.ts";

/** Locks one code; throws `not_found`. */
export async function lockCode(tx: Tx, codeId: string): Promise<LockedCode> {
  const [code] = await lockCodes(tx, [codeId]);
  if (!code) throw new KeyholdError("not_found", `code ${codeId}`);
  return code;
}

/** Throws `conflict` where the code can't go there from where it is: somebody was quicker. */
export function requireMove({ id, state }: Pick<LockedCode, "id" | "state">, to: CodeState): void {
  if (!canMove(state, to)) throw new KeyholdError("conflict", `code ${id} is ${state}`);
}

/**
 * Locks the order that a code came with against its ending meanwhile; throws `conflict` where it came to nothing.
 * To be called before the code is locked.
 */
export async function requireSoundOrder(tx: Tx, codeId: string): Promise<void> {
  const [order] = await tx.$queryRaw<{ status: string }[]>`
    select o.status::text as status from codes c join orders o on o.id = c.order_id
    where c.id = ${codeId}::uuid for share of o`;
  if (order && ["cancelled", "failed", "refunded"].includes(order.status)) {
    throw new KeyholdError("conflict", `the order of code ${codeId} is ${order.status}`);
  }
}
