"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { type ChangeKeyResult, changeKey } from "#lib/api/change-key.ts";
import { type CreateKeyResult, createKey } from "#lib/api/create-key.ts";
import type { KeyChange, NewKeyInput } from "#lib/api/key-input.ts";
import { revokeKey } from "#lib/api/revoke-key.ts";
import { type RotatedKey, rotateKey } from "#lib/api/rotate-key.ts";

/** Makes a key; it is in the answer, this once. */
export async function createKeyAction(input: NewKeyInput): Promise<ActionResult<CreateKeyResult>> {
  return runAction((ctx, actor, request) => createKey(ctx, actor, input, request));
}

/** Calls a key otherwise, or bounds it otherwise. */
export async function changeKeyAction(input: KeyChange): Promise<ActionResult<ChangeKeyResult>> {
  return runAction((ctx, actor, request) => changeKey(ctx, actor, input, request));
}

/** Gives a key another secret; it is in the answer, this once. */
export async function rotateKeyAction(wish: {
  id: string;
  atOnce: boolean;
}): Promise<ActionResult<RotatedKey>> {
  const { id, atOnce } = wish;
  return runAction((ctx, actor, request) =>
    rotateKey(ctx, actor, { id, atOnce: atOnce === true }, request),
  );
}

/** Ends a key for good. */
export async function revokeKeyAction(keyId: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await revokeKey(ctx, actor, keyId, request);
    return null;
  });
}
