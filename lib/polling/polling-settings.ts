import { z } from "zod";
import { LOOK_THRESHOLD } from "./look-schedule.ts";

/** How a supplier's open orders are looked at, as somebody may set it; what is left out is the default. */
export const schedule = z.strictObject({
  preset: z.enum(["backoff", "steady", "learned"]),
  /** Of `learned`: how likely news should be at each look. Higher spares calls, and sees news later. */
  threshold: z.number().min(0.02).max(0.9).optional(),
});

export const sweep = z.enum(["auto", "off"]);

/** A minute to a day in one open state. */
export const stalledAfterMs = z.int().min(60_000).max(86_400_000);

const stored = z.object({
  schedule: schedule.optional().catch(undefined),
  sweep: sweep.optional().catch(undefined),
  stalledAfterMs: stalledAfterMs.optional().catch(undefined),
});

/** Of `polling_plans.settings`: only what somebody has set. */
export type GivenPolling = {
  schedule?: z.infer<typeof schedule>;
  sweep?: z.infer<typeof sweep>;
  /** Null: as everywhere, whatever was set before. */
  stalledAfterMs?: number | null;
};

export type PollingSettings = {
  schedule: Required<z.infer<typeof schedule>>;
  sweep: z.infer<typeof sweep>;
  /** Null: as everywhere. */
  stalledAfterMs: number | null;
};

/** Stored settings with the defaults filled in; what can't be read counts as not set. Pure. */
export function readPollingSettings(settings: unknown): PollingSettings {
  const given = stored.safeParse(settings).data ?? {};
  return {
    schedule: { preset: "learned", threshold: LOOK_THRESHOLD, ...given.schedule },
    sweep: given.sweep ?? "auto",
    stalledAfterMs: given.stalledAfterMs ?? null,
  };
}
