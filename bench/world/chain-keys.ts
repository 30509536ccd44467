import { fixedChainKeys } from "#lib/audit/chain-keys.ts";

/** What audit entries of a bench's own clients are chained with. */
export const BENCH_CHAIN_KEYS = fixedChainKeys({ id: "bench", key: Buffer.alloc(32, "bench") });
