"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { closeComplaint } from "#lib/codes/close-complaint.ts";
import { correctExpiry } from "#lib/codes/correct-expiry.ts";
import { findCode } from "#lib/codes/find-code.ts";
import type { HandOutAnswer } from "#lib/codes/give-codes.ts";
import { handOutCodes } from "#lib/codes/hand-out-codes.ts";
import type { ClaimLinkOptions } from "#lib/codes/make-claim-link.ts";
import { markBad } from "#lib/codes/mark-bad.ts";
import { openComplaint } from "#lib/codes/open-complaint.ts";
import { releaseCodes } from "#lib/codes/release-codes.ts";
import { type RenewResult, renewClaimLink } from "#lib/codes/renew-claim-link.ts";
import { replaceCode } from "#lib/codes/replace-code.ts";
import { type ReserveAnswer, reserveCodes } from "#lib/codes/reserve-codes.ts";
import { type RevokeResult, revokeClaimLink } from "#lib/codes/revoke-claim-link.ts";
import {
  type CloseComplaintInput,
  type CorrectExpiryInput,
  closeComplaintSchema,
  correctExpirySchema,
  type HandOutInput,
  handOutSchema,
  type LowLineInput,
  lowLineSchema,
  type MarkBadInput,
  markBadSchema,
  type OpenComplaintInput,
  openComplaintSchema,
  type ReleaseInput,
  type ReplaceInput,
  type ReserveInput,
  releaseSchema,
  replaceSchema,
  reserveSchema,
  type UnmarkBadInput,
  unmarkBadSchema,
} from "#lib/codes/schema.ts";
import { setLowLine } from "#lib/codes/set-low-line.ts";
import type { FoundCode } from "#lib/codes/types.ts";
import { unmarkBad } from "#lib/codes/unmark-bad.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

// What a browser sends may be anything; the schemas are the verbs' own.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

/** Gives codes to a customer. What is posted twice gives nothing twice. */
export async function handOutAction(input: HandOutInput): Promise<ActionResult<HandOutAnswer>> {
  return runAction((ctx, actor, request) =>
    handOutCodes(ctx, actor, parse(handOutSchema, input), request),
  );
}

/** Gives another code for a bad one. */
export async function replaceAction(input: ReplaceInput): Promise<ActionResult<HandOutAnswer>> {
  return runAction((ctx, actor, request) =>
    replaceCode(ctx, actor, parse(replaceSchema, input), request),
  );
}

/** Keeps codes for a customer. */
export async function reserveAction(input: ReserveInput): Promise<ActionResult<ReserveAnswer>> {
  return runAction((ctx, actor, request) =>
    reserveCodes(ctx, actor, parse(reserveSchema, input), request),
  );
}

/** Gives reserved codes back to the stock. */
export async function releaseAction(input: ReleaseInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await releaseCodes(ctx, actor, parse(releaseSchema, input), request);
    return null;
  });
}

/** Says that a code doesn't work, and holds it against the supplier where asked for. */
export async function markBadAction(input: MarkBadInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await markBad(ctx, actor, parse(markBadSchema, input), request);
    return null;
  });
}

/** Takes back that a code is bad. */
export async function unmarkBadAction(input: UnmarkBadInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await unmarkBad(ctx, actor, parse(unmarkBadSchema, input), request);
    return null;
  });
}

/** Says when a code expires, where that was read wrongly or not at all. */
export async function correctExpiryAction(input: CorrectExpiryInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await correctExpiry(ctx, actor, parse(correctExpirySchema, input), request);
    return null;
  });
}

/** Holds a bad code against the supplier. */
export async function openComplaintAction(input: OpenComplaintInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await openComplaint(ctx, actor, parse(openComplaintSchema, input), request);
    return null;
  });
}

/** Says what became of a complaint. */
export async function closeComplaintAction(
  input: CloseComplaintInput,
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await closeComplaint(ctx, actor, parse(closeComplaintSchema, input), request);
    return null;
  });
}

/** Says how many codes of a product there should be at least. */
export async function setLowLineAction(input: LowLineInput): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await setLowLine(ctx, actor, parse(lowLineSchema, input), request);
    return null;
  });
}

/** Which codes have exactly this value. By POST alone: a value in an address would stay in logs. */
export async function findCodeAction(value: string): Promise<ActionResult<FoundCode[]>> {
  return runAction((ctx, actor, request) =>
    findCode(ctx, actor, parse(z.string().max(10_000), value), request),
  );
}

/** Takes a claim link back. */
export async function revokeLinkAction(linkId: string): Promise<ActionResult<RevokeResult>> {
  return runAction((ctx, actor, request) =>
    revokeClaimLink(ctx, actor, parse(z.uuid(), linkId), request),
  );
}

const renewSchema = z.strictObject({
  handOutId: z.uuid(),
  pin: z.string().max(8).optional(),
  expiresInMs: z.number().optional(),
});

/** Makes another claim link for a hand-out; the ones before stop working. */
export async function renewLinkAction(
  input: { handOutId: string } & Pick<ClaimLinkOptions, "pin" | "expiresInMs">,
): Promise<ActionResult<RenewResult>> {
  return runAction((ctx, actor, request) => {
    const { handOutId, ...options } = parse(renewSchema, input);
    return renewClaimLink(ctx, actor, handOutId, options, request);
  });
}
