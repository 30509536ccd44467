import type { Tx } from "#lib/platform/db.ts";

/** Who makes the first owner, of nobody or of an admin, takes turns: several processes start at once. */
export const lockFirstOwner = (tx: Tx): Promise<number> =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('first owner', 0))`;

/** Whoever starts first does it. */
export const AT_START = { kind: "job", name: "start" } as const;
