import type { CallOrder, SupplierAccount } from "#lib/suppliers/account.ts";
import type { Claim } from "./claims.ts";
import type { OrdersContext } from "./context.ts";

/**
 * As `SupplierAccounts.call`, for a claimed order: with a call that the claim brought along where one is
 * left. One that is not made after all stays with the claim, and goes back with it.
 */
export async function callFor<T>(
  ctx: OrdersContext,
  claim: Claim,
  account: SupplierAccount,
  order: Omit<CallOrder, "prepaid">,
  call: Parameters<typeof ctx.suppliers.call<T>>[3],
  permit: () => Promise<boolean>,
): ReturnType<typeof ctx.suppliers.call<T>> {
  const { prepaid } = claim;
  const isPrepaid = prepaid.calls > 0 && prepaid.slice === order.slice;
  if (isPrepaid) prepaid.calls -= 1;
  const outcome = await ctx.suppliers.call(
    ctx,
    account,
    { ...order, prepaid: isPrepaid },
    call,
    permit,
  );
  if (isPrepaid && outcome.kind === "not_called") prepaid.calls += 1;
  return outcome;
}

/** Puts back what a claim brought along and its work didn't use. */
export async function giveBackCalls(ctx: OrdersContext, claim: Claim): Promise<void> {
  const { supplierId, prepaid } = claim;
  const account = ctx.suppliers.byId(supplierId);
  if (!account || prepaid.calls === 0) return;
  const { slice, calls } = prepaid;
  prepaid.calls = 0;
  await ctx.suppliers.giveBack(ctx, account, slice, calls);
}
