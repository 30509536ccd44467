import { ZodError } from "zod";
import { SealError } from "#lib/platform/gcm.ts";
import { buildMessage } from "./build-message.ts";
import type { Message, OpenEndpoint, SendOutcome, SentRequest } from "./channel.ts";
import type { DeliveryClaim } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import { TRY_MS } from "./delivery-schedule.ts";
import type { OpenEndpoints } from "./open-endpoints.ts";
import { redactMessage } from "./redact-message.ts";
import type { Outcome, Result } from "./results.ts";
import type { ErrorKind } from "./types.ts";

/** Beyond its time, a channel that doesn't come back is left to itself. */
const PATIENCE_MS = 1_000;

/**
 * Makes the one try of a claim. Answers `unsent` where nothing was sent and nothing is to be blamed for it:
 * the process ends, or its lease may be another's by now. Never throws.
 * @param isOurs asked right before the first byte
 */
export async function deliver(
  ctx: DeliveriesContext,
  endpoints: OpenEndpoints,
  claim: DeliveryClaim,
  isOurs: () => boolean,
): Promise<Result | "unsent"> {
  await ctx.reach?.("delivery_claimed");
  const begunAt = performance.now();
  const result = (outcome: Outcome, request: SentRequest | null): Result => ({
    tried: claim,
    outcome,
    tookMs: performance.now() - begunAt,
    request,
  });
  let endpoint: OpenEndpoint;
  let message: Message;
  let kind: ErrorKind = "misconfigured";
  try {
    endpoint = await endpoints.open(claim.endpoint);
    kind = "payload_unready";
    message = await buildMessage(ctx, claim);
  } catch (error) {
    const { deliveryId } = claim;
    ctx.log.error({ err: error, deliveryId, endpoint: claim.endpoint.id }, "nothing to send");
    // A key of ours that is missing is no fault of the endpoint's.
    return result(ownFailure(error instanceof SealError ? "payload_unready" : kind, error), null);
  }
  await ctx.reach?.("delivery_unsent");
  if (!isOurs()) return "unsent";
  // What carries codes may have taken its time; nobody who was stopped meanwhile gets them.
  if (claim.endpoint.payload !== "thin" && !(await isOn(ctx, claim.endpoint.id))) return "unsent";
  const outcome = await send(ctx, claim, endpoint, message);
  await ctx.reach?.("delivery_answered");
  return result(toOutcome(outcome), shown(ctx, claim, endpoint, message));
}

async function send(
  ctx: DeliveriesContext,
  { deliveryId, number, progress, endpoint: { channel } }: DeliveryClaim,
  endpoint: OpenEndpoint,
  message: Message,
): Promise<SendOutcome> {
  const timing = new AbortController();
  const over = afterwards(TRY_MS, () => timing.abort());
  try {
    return await Promise.race([
      ctx.channels.of(channel).send(endpoint, message, timing.signal, {
        sent: progress,
        note: (done) => noteProgress(ctx, deliveryId, number, done),
      }),
      over.late,
    ]);
  } catch (error) {
    ctx.log.error({ err: error, deliveryId }, "a channel broke off");
    const isLate = timing.signal.aborted;
    return failed(isLate ? "timeout" : "reset", "The sending broke off.");
  } finally {
    over.clear();
  }
}

/** At once, since a process may die between two parts; what can't be noted goes out once more. */
async function noteProgress(
  { db, log }: DeliveriesContext,
  deliveryId: string,
  number: number,
  progress: string,
): Promise<void> {
  try {
    const where = { deliveryId, number, finishedAt: null };
    await db.deliveryAttempt.updateMany({ where, data: { progress } });
  } catch (error) {
    log.warn({ err: error, deliveryId }, "how far a message got could not be noted");
  }
}

/** Neither paused, switched off nor deleted; not to be known counts as no. */
async function isOn({ db, log }: DeliveriesContext, id: string): Promise<boolean> {
  try {
    const where = { id, pausedAt: null, disabledAt: null, deletedAt: null };
    return (await db.endpoint.count({ where })) > 0;
  } catch (error) {
    log.warn({ err: error, endpoint: id }, "whether an endpoint is still on could not be read");
    return false;
  }
}

/** One timer a try: tells its time's end first, and gives a channel up that doesn't heed that. */
function afterwards(ms: number, end: () => void): { late: Promise<SendOutcome>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => {
      end();
      timer = setTimeout(() => resolve(failed("timeout", "No answer in time.")), PATIENCE_MS);
    }, ms);
  });
  return { late, clear: () => clearTimeout(timer) };
}

const failed = (errorKind: ErrorKind, answer: string): SendOutcome => ({
  kind: "failed",
  errorKind,
  status: null,
  answer,
});

function toOutcome(sent: SendOutcome): Outcome {
  const { kind, status, answer } = sent;
  if (sent.kind === "accepted") return { kind, status, answer, errorKind: null, waitMs: null };
  return { kind, status, answer, errorKind: sent.errorKind, waitMs: sent.waitMs ?? null };
}

/** Of our own words only: what went wrong inside may tell of what is inside. */
function ownFailure(errorKind: ErrorKind, error: unknown): Outcome {
  const answer =
    error instanceof SealError
      ? "Its secrets don't open."
      : error instanceof ZodError
        ? "It is not set up as its channel needs it."
        : "Its codes or claim link could not be had.";
  return { kind: "failed", errorKind, status: null, answer, waitMs: null };
}

/** The try counts, whether or not it can be shown. */
function shown(
  ctx: DeliveriesContext,
  { deliveryId, endpoint: { channel } }: DeliveryClaim,
  endpoint: OpenEndpoint,
  message: Message,
): SentRequest | null {
  try {
    return ctx.channels.of(channel).show(endpoint, redactMessage(message));
  } catch (error) {
    ctx.log.error({ err: error, deliveryId }, "what was sent can't be shown");
    return null;
  }
}
