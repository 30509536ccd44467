import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import type { Rule } from "./rule.ts";

const KEY = "supplier_not_connected";

/** An account has a row and can't be called: its secret or its configuration doesn't open. */
export const notConnected: Rule = {
  name: KEY,
  kinds: [KEY],
  everyMs: 10_000,
  async judge(ctx) {
    const why = new Map(ctx.suppliers.notConnected().map((account) => [account.id, account.why]));
    const open = await ctx.db.systemSignal.findMany({
      where: { key: KEY, clearedAt: null },
      select: { subject: true },
    });
    const told = new Set(open.map(({ subject }) => subject));
    const fresh = [...why].filter(([id]) => !told.has(id));
    const over = [...told].filter((id) => !why.has(id));
    if (fresh.length === 0 && over.length === 0) return;
    await ctx.db.$transaction(async (tx) => {
      for (const [id, word] of fresh) await openSystemSignal(tx, ctx, KEY, id, { why: word });
      for (const id of over) await clearSystemSignal(tx, ctx, KEY, id);
    });
  },
};
