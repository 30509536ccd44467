import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { FROZEN_TRANSACTION_MS, PATIENT } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { KeySource } from "#lib/platform/key-source.ts";
import { KEY_REFRESH_MS, openSealer } from "#lib/platform/open-sealer.ts";
import { rewrapDataKeys } from "#lib/platform/rewrap-data-keys.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { SealedTable } from "#lib/platform/sealed-table.ts";
import { beginRotation, type Rotation } from "./begin-rotation.ts";
import {
  type Batch,
  finishedByAnother,
  type RotationPosition,
  resealBatch,
  START,
} from "./reseal-batch.ts";

/**
 * When the last transaction is over that may have sealed with the key before: it knew that key for as long
 * as it is known without a new look, waited for a connection, did its work, and froze.
 */
export const LATECOMERS_MS =
  KEY_REFRESH_MS + PATIENT.maxWait + PATIENT.timeout + FROZEN_TRANSACTION_MS;
/** So often new values may have another key than they can have by now; then somebody keeps at it. */
const MOST_SURPRISES = 5;
/** Until what somebody had locked is tried again. */
const PASSED_OVER_MS = 1_000;

export type RotationReport = {
  dataKeyId: string;
  /** A rotation that was broken off before was brought to its end. */
  resumed: boolean;
  /** Data keys that are wrapped by the first outside key now: all of them. */
  rewrapped: number;
  /** Codes, what their places showed later, and what is sealed in other rooms; of the whole rotation. */
  resealed: number;
  /** Ids of those that don't open, and keep the seal they have. */
  unopened: string[];
};

export type RotationNews =
  | { kind: "resealed"; done: number; total: number }
  /** Nearly done: processes may not have heard of the new key yet. */
  | { kind: "waiting"; ms: number };

type Surroundings = {
  /** What is sealed in other rooms. */
  others: readonly SealedTable[];
  wait(ms: number): Promise<unknown>;
  /** Is waited for. */
  tell(news: RotationNews): unknown;
};

type RotationCore = Pick<Core, "db" | "now" | "newId">;

/**
 * Has a new data key seal from now on, wraps all data keys by the first outside key, and seals everything
 * stored anew. Everything else goes on meanwhile. May be broken off at any moment, at the worst by the
 * machine: nothing is lost, and the next call goes on where this one was. At the end, no value has another
 * seal than the new key's, except those in `unopened`. Throws `conflict` when another process that was at it
 * too has finished first, or a process goes on sealing with the old key (one of an older build). For the command line, which acts by a job's name.
 */
export async function rotateKeys(
  core: RotationCore,
  source: KeySource,
  actor: Extract<Actor, { kind: "job" }>,
  surroundings: Surroundings,
): Promise<RotationReport> {
  // Makes sure that there are data keys, too.
  await openSealer(core, source);
  const rewrapped = await rewrapDataKeys(core.db, source);
  const rotation = await beginRotation(core, source, surroundings.others);
  const sealer = await openSealer(core, source);
  if (!sealer.seal("", "").startsWith(`v2|${rotation.dataKeyId}|`)) {
    throw new Error("Another data key is in use than the rotation's.");
  }
  const unopened = await resealAll(core, sealer, rotation, surroundings);
  const resealed = await finish(core, actor, rotation, { rewrapped, unopened: unopened.length });
  const { dataKeyId, resumed } = rotation;
  return { dataKeyId, resumed, rewrapped, resealed, unopened };
}

/** Answers the ids of those that don't open. */
async function resealAll(
  core: RotationCore,
  sealer: Sealer,
  rotation: Rotation,
  { others, wait, tell }: Surroundings,
): Promise<string[]> {
  const progress = { done: rotation.done, total: rotation.total };
  const onBatch = async ({ resealed }: Batch) => {
    progress.done += resealed;
    // What came in meanwhile is counted, too.
    progress.total = Math.max(progress.total, progress.done);
    if (resealed > 0) await tell({ kind: "resealed", ...progress });
  };
  const from = (position: RotationPosition) =>
    resealFrom(core, sealer, rotation, position, others, onBatch);
  await from(rotation.position);
  const ms = rotation.startedAt.getTime() + LATECOMERS_MS - core.now().getTime();
  if (ms > 0) {
    await tell({ kind: "waiting", ms });
    await wait(ms);
  }
  let isExpected = true;
  for (let surprises = 0; surprises < MOST_SURPRISES; ) {
    const pass = await from(START);
    if (pass.resealed === 0 && pass.passedOver === 0) return pass.unopened;
    if (pass.resealed > 0 && !isExpected) surprises += 1;
    isExpected = pass.passedOver > 0;
    if (pass.passedOver > 0) await wait(PASSED_OVER_MS);
  }
  throw new KeyholdError(
    "conflict",
    "a process goes on sealing with a key that is out of use; start every process again, then this command",
  );
}

/** Goes from there to the end. */
async function resealFrom(
  core: RotationCore,
  sealer: Sealer,
  rotation: Rotation,
  from: RotationPosition,
  others: readonly SealedTable[],
  onBatch: (batch: Batch) => Promise<void>,
): Promise<Omit<Batch, "next">> {
  const pass = { resealed: 0, passedOver: 0, unopened: [] as string[] };
  let position: RotationPosition | null = from;
  while (position) {
    const batch: Batch = await resealBatch(core, sealer, rotation, position, others);
    pass.resealed += batch.resealed;
    pass.passedOver += batch.passedOver;
    pass.unopened.push(...batch.unopened);
    await onBatch(batch);
    position = batch.next;
  }
  return pass;
}

/** Answers how many were sealed anew in all. */
async function finish(
  { db, now }: RotationCore,
  actor: Actor,
  { id, dataKeyId }: Rotation,
  counts: { rewrapped: number; unopened: number },
): Promise<number> {
  return db.$transaction(async (tx) => {
    const [rotation] = await tx.keyRotation.updateManyAndReturn({
      where: { id, finishedAt: null },
      data: { finishedAt: now() },
      select: { done: true },
    });
    if (!rotation) throw finishedByAnother();
    const { done } = rotation;
    await appendAuditEntry(tx, { now }, actor, {
      action: "keys.rotated",
      objectKind: "data_key",
      objectId: dataKeyId,
      details: { resealed: done, ...counts },
      address: null,
      correlationId: null,
    });
    return done;
  });
}
