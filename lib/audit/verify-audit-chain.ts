import type { Core } from "#lib/platform/core.ts";
import { chainKeysOf } from "./chain-keys.ts";
import { readChain, readHead, readLink } from "./read-chain.ts";
import { type ChainEnd, type ChainVerdict, verifyChain } from "./verify-chain.ts";

/** A database of millions takes minutes; one that takes longer than this has other troubles. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Verifies the chain as it stands, from its first entry or from one that was good before, to its head. One
 * snapshot, read only: whoever appends goes on meanwhile.
 * @param anchors ends of the chain that were noted outside
 * @param since the number of an entry that was good; where it is gone, everything is looked at
 */
export async function verifyAuditChain(
  { db }: Pick<Core, "db">,
  { anchors, since }: { anchors?: readonly ChainEnd[]; since?: bigint | null | undefined } = {},
): Promise<ChainVerdict> {
  const keys = chainKeysOf(db);
  const from = since ? await readLink(db, since) : null;
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`set transaction read only`;
      return verifyChain({
        entries: readChain(tx, from ? BigInt(from.seq) : 0n),
        head: await readHead(tx),
        findKey: (id) => keys.find(id),
        ...(anchors && { anchors }),
        ...(from && { since: from }),
      });
    },
    { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout: TIMEOUT_MS },
  );
}
