"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { configureSupplier } from "#lib/placement/configure-supplier.ts";
import { parseSupplierConfig } from "#lib/placement/supplier-config.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { addSupplier } from "#lib/suppliers/add-supplier.ts";
import { editSupplier } from "#lib/suppliers/edit-supplier.ts";
import {
  pauseOrdering,
  pausePolling,
  resumeOrdering,
  resumePolling,
} from "#lib/suppliers/pause-supplier.ts";
import type {
  AddedSupplier,
  EditedSupplier,
  NewSupplier,
  RotatedSupplierSecret,
  SecretRotation,
  SupplierEdit,
  TriedSupplier,
} from "#lib/suppliers/room-types.ts";
import { rotateSupplierSecret } from "#lib/suppliers/rotate-supplier-secret.ts";
import { testSupplier } from "#lib/suppliers/test-supplier.ts";
import { testSupplierDraft } from "#lib/suppliers/test-supplier-draft.ts";

// What a browser sends may be anything; the kinds read their own configuration field by field.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

const LONGEST_SECRET = 8_192;

const name = z.string().max(1_000);
const config = z.record(z.string(), z.unknown());
const slug = z.string().max(100);
const secrets = z.record(z.string().max(100), z.string().max(LONGEST_SECRET));
const newSupplier = z.strictObject({
  kind: z.string().max(100),
  slug,
  name,
  config,
  secrets,
});
const edit = z.strictObject({
  id: z.uuid(),
  revision: z.int(),
  name,
  config,
  secrets: secrets.optional(),
});
const rotation = z.strictObject({
  id: z.uuid(),
  name: z.string().max(100),
  value: z.string().max(LONGEST_SECRET).nullable(),
  atOnce: z.boolean(),
});

const WHATS = ["ordering", "polling"] as const;
const MINUTE_MS = 60_000;
const pause = z.strictObject({
  id: z.uuid(),
  what: z.enum(WHATS),
  /** The verb has the last word on how long. */
  minutes: z.int().min(1).max(100_000),
  reason: z.string().max(1_000),
});

/** Sets an account up. Secrets that Keyhold made are in the answer, this once. */
export async function addSupplierAction(input: NewSupplier): Promise<ActionResult<AddedSupplier>> {
  return runAction((ctx, actor, request) =>
    addSupplier(ctx, actor, parse(newSupplier, input), request),
  );
}

/** Changes what an account is configured by; keys have to be given again where it leads elsewhere then. */
export async function editSupplierAction(
  input: SupplierEdit,
): Promise<ActionResult<EditedSupplier>> {
  return runAction((ctx, actor, request) => {
    const { secrets: given, ...wish } = parse(edit, input);
    return editSupplier(ctx, actor, { ...wish, ...(given && { secrets: given }) }, request);
  });
}

/** Calls an account as it is. */
export async function testSupplierAction(input: string): Promise<ActionResult<TriedSupplier>> {
  return runAction((ctx, actor, request) => testSupplier(ctx, actor, parse(slug, input), request));
}

/** Calls an account as the form stands; nothing is saved. */
export async function testSupplierDraftAction(
  input: NewSupplier & { id?: string },
): Promise<ActionResult<TriedSupplier>> {
  return runAction((ctx, actor, request) => {
    const { id, ...draft } = parse(newSupplier.extend({ id: z.uuid().optional() }), input);
    return testSupplierDraft(ctx, actor, { ...draft, ...(id && { id }) }, request);
  });
}

/** Gives an account another key or secret; one that Keyhold makes is in the answer, this once. */
export async function rotateSupplierSecretAction(
  input: SecretRotation,
): Promise<ActionResult<RotatedSupplierSecret>> {
  return runAction((ctx, actor, request) =>
    rotateSupplierSecret(ctx, actor, parse(rotation, input), request),
  );
}

/** From now on nothing is bought there, or nothing is asked, for so long. */
export async function pauseSupplierAction(
  input: z.input<typeof pause>,
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    const { id, what, minutes, reason } = parse(pause, input);
    const until = new Date(ctx.now().getTime() + minutes * MINUTE_MS);
    const verb = what === "ordering" ? pauseOrdering : pausePolling;
    await verb(ctx, actor, { supplierId: id, until, reason }, request);
    return null;
  });
}

/** Goes on before the pause is over. */
export async function resumeSupplierAction(
  id: string,
  what: (typeof WHATS)[number],
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    const verb = parse(z.enum(WHATS), what) === "ordering" ? resumeOrdering : resumePolling;
    await verb(ctx, actor, { supplierId: parse(z.uuid(), id) }, request);
    return null;
  });
}

/** Sets limits, schedule and thresholds; what is left out stays. */
export async function configureSupplierAction(
  input: string,
  wish: Record<string, unknown>,
): Promise<ActionResult<{ kind: "saved" } | { kind: "invalid"; sentences: string[] }>> {
  return runAction(async (ctx, actor, request) => {
    const parsed = parseSupplierConfig(parse(config, wish));
    if (Array.isArray(parsed)) return { kind: "invalid", sentences: parsed };
    await configureSupplier(ctx, actor, parse(slug, input), parsed, request);
    return { kind: "saved" };
  });
}
