import type { Tx } from "#lib/platform/db.ts";
import type { User } from "#prisma/generated/client.ts";
import type { SealedCore } from "../context.ts";
import { recoveryHash } from "./recovery-codes.ts";
import { SEALED_TOTP } from "./sealed-totp.ts";
import { stepOfCode } from "./totp.ts";

/** What a code turned out to be; it is used up by `take`, which answers false where somebody was faster. */
export type Taking = { factor: "app" | "recovery"; take(tx: Tx): Promise<boolean> };

/** Reads a code of the app, or a recovery code; null where it is neither. Nothing is written yet. */
export async function readCode(core: SealedCore, user: User, code: string): Promise<Taking | null> {
  if (!user.totpSealed || !user.totpConfirmedAt) return null;
  const { id } = user;
  if (!/^[\d\s]+$/.test(code)) {
    const where = { userId: id, hash: recoveryHash(id, code), usedAt: null };
    if ((await core.db.recoveryCode.count({ where })) === 0) return null;
    const take = async (tx: Tx) => {
      const { count } = await tx.recoveryCode.updateMany({ where, data: { usedAt: core.now() } });
      return count === 1;
    };
    return { factor: "recovery", take };
  }
  const secret = await core.sealer.open(user.totpSealed, SEALED_TOTP.boundTo(id));
  const step = stepOfCode(secret, code, core.now());
  if (step === null) return null;
  // Each time step is good once: nobody who looked on can say the same code again.
  const take = async (tx: Tx) => {
    const { count } = await tx.user.updateMany({
      where: {
        ...{ id, totpSealed: user.totpSealed, totpConfirmedAt: { not: null } },
        OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }],
      },
      data: { totpLastStep: step },
    });
    return count === 1;
  };
  return { factor: "app", take };
}
