import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import type { Rule } from "./rule.ts";

const DAY_MS = 24 * 60 * 60_000;
/** As usual for keys at rest; the README says how to turn them. */
export const KEY_OLD_AFTER_DAYS = 365;

type Facts = { createdAt: Date; retiredAt: Date | null };

/** It has sealed for long, and still does. Pure. */
export function judgeKey({ createdAt, retiredAt }: Facts, now: Date) {
  const days = Math.floor((now.getTime() - createdAt.getTime()) / DAY_MS);
  if (retiredAt !== null || days < KEY_OLD_AFTER_DAYS) return null;
  return { createdAt: createdAt.toISOString(), days };
}

export const sealingKeyOld: Rule = {
  name: "sealing_key_old",
  kinds: ["sealing_key_old"],
  everyMs: 600_000,
  async judge(ctx) {
    const now = ctx.now();
    const keys = await ctx.db.dataKey.findMany({ where: { purpose: "seal" } });
    const open = await ctx.db.systemSignal.findMany({
      where: { key: "sealing_key_old", clearedAt: null },
      select: { subject: true },
    });
    const judged = new Map(keys.map((key) => [key.id, judgeKey(key, now)]));
    await ctx.db.$transaction(async (tx) => {
      for (const [id, data] of judged) {
        if (data) await openSystemSignal(tx, ctx, "sealing_key_old", id, data);
      }
      for (const { subject } of open) {
        if (!judged.get(subject)) await clearSystemSignal(tx, ctx, "sealing_key_old", subject);
      }
    });
  },
};
