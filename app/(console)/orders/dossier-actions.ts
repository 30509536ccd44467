"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import {
  type DossierMail,
  type MailedDossier,
  mailDossier,
} from "#lib/alerts/dossier/mail-dossier.ts";
import { makeDossier } from "#lib/alerts/dossier/make-dossier.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

// What a browser sends may be anything.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

const mailSchema = z.strictObject({
  dossierId: z.uuid(),
  endpointId: z.uuid(),
  to: z.string().max(1_000),
});

/** Puts together what the supplier may know of an order, as it is now. */
export async function makeDossierAction(orderId: string): Promise<ActionResult<{ id: string }>> {
  return runAction(async (ctx, actor, request) => {
    const { id } = await makeDossier(ctx, actor, parse(z.uuid(), orderId), request);
    return { id };
  });
}

/** Mails a dossier to the supplier's support desk, once. */
export async function mailDossierAction(input: DossierMail): Promise<ActionResult<MailedDossier>> {
  return runAction((ctx, actor, request) =>
    mailDossier(ctx, actor, parse(mailSchema, input), request),
  );
}
