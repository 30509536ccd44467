"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { parseDeliveryFilter } from "#lib/deliveries/delivery-filter.ts";
import { type ResendAnswer, resendDelivery } from "#lib/deliveries/resend-delivery.ts";
import { startJob } from "#lib/deliveries/start-job.ts";
import { stopJob } from "#lib/deliveries/stop-job.ts";
import { JOB_KINDS, type JobKind } from "#lib/deliveries/types.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { LONGEST_REASON } from "#lib/platform/reason-limits.ts";

// What a browser sends may be anything.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

const jobSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(JOB_KINDS),
  filter: z.record(z.string(), z.string().nullable()),
  /** What PostgreSQL can store. */
  reason: z
    .string()
    .trim()
    .max(LONGEST_REASON)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u)
    .optional(),
});

/**
 * Does something to all that a filter of the list finds. A part of the filter that makes no sense is refused
 * here, where dropping it would mean more than what was asked for.
 */
export async function startJobAction(input: {
  id: string;
  kind: JobKind;
  /** As it stands in the address of the list. */
  filter: Record<string, string | null>;
  reason?: string;
}): Promise<ActionResult<{ total: number }>> {
  return runAction(async (ctx, actor, request) => {
    const { filter: raw, reason, ...job } = parse(jobSchema, input);
    const asked = Object.entries(raw).filter(([, value]) => value !== null);
    const filter = parseDeliveryFilter(Object.fromEntries(asked) as Record<string, string>);
    const understood = Object.values(filter).filter((value) => value !== undefined).length;
    if (understood !== asked.length) throw new KeyholdError("invalid", "a filter without sense");
    const { total } = await startJob(
      ctx,
      actor,
      { ...job, filter, ...(reason && { reason }) },
      request,
    );
    return { total };
  });
}

/** Stops a job; what it has done stays done. */
export async function stopJobAction(jobId: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await stopJob(ctx, actor, parse(z.uuid(), jobId), request);
    return null;
  });
}

/** Sends one again, at once, or after all: whichever it needs. */
export async function resendAction(deliveryId: string): Promise<ActionResult<ResendAnswer>> {
  return runAction((ctx, actor, request) =>
    resendDelivery(ctx, actor, parse(z.uuid(), deliveryId), request),
  );
}
