import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { WhyRefused } from "#lib/suppliers/inbound.ts";
import { REFUSAL_NOTED_EVERY_MS, REFUSALS_TOGETHER_MS } from "./inbox-policy.ts";
import type { InboundContext } from "./receive-message.ts";

/** When this process noted one of an account last: who sends many must not keep the database busy. */
const noted = new WeakMap<SupplierAccounts, Map<string, number>>();

/**
 * Notes that something came in an account's name which nothing proves to be its own: where it goes on so, the secret
 * isn't the one that the supplier signs with, and somebody is told (`push_refused`).
 */
export async function noteRefusal(
  ctx: Pick<InboundContext, "db" | "now" | "suppliers">,
  { id }: Pick<SupplierAccount, "id">,
  why: WhyRefused,
): Promise<void> {
  const now = ctx.now();
  const times = noted.get(ctx.suppliers) ?? new Map<string, number>();
  noted.set(ctx.suppliers, times);
  const last = times.get(id);
  if (last !== undefined && Math.abs(now.getTime() - last) < REFUSAL_NOTED_EVERY_MS) return;
  times.set(id, now.getTime());
  const before = new Date(now.getTime() - REFUSALS_TOGETHER_MS);
  await ctx.db.$executeRaw`
    update suppliers set push_refused_at = ${now}, push_refused_why = ${why},
      push_refusals = case when push_refused_at > ${before} then push_refusals + 1 else 1 end
    where id = ${id}::uuid`;
}
