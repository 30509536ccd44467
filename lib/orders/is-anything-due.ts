import type { Core } from "#lib/platform/core.ts";

/** Whether any order falls due before the given time. */
export async function isAnythingDue(core: Core, before: Date): Promise<boolean> {
  const due = await core.db.order.findFirst({
    where: { nextPollAt: { lte: before } },
    select: { id: true },
  });
  return due !== null;
}
