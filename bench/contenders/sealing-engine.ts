/** The engine as it is, and how long it was about sealing. */
import { performance } from "node:perf_hooks";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Contender } from "./contender.ts";
import { engineWith } from "./engine.ts";

/** A call takes some hundredths of this: one that takes longer was interrupted, for somebody else. */
const LONGEST_CALL_MS = 1;

export const sealingEngine: Contender = async (setting) => {
  let spentMs = 0;
  const timing =
    <Given extends unknown[], Answer>(work: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      const startedAt = performance.now();
      const answer = work(...given);
      spentMs += Math.min(performance.now() - startedAt, LONGEST_CALL_MS);
      return answer;
    };
  const timed = (sealer: Sealer): Sealer => ({
    ...sealer,
    seal: timing(sealer.seal),
    blindIndex: timing(sealer.blindIndex),
  });
  const started = await engineWith(timed)(setting);
  let before = process.cpuUsage();
  return {
    ...started,
    start() {
      before = process.cpuUsage();
      return started.start();
    },
    spent() {
      const { user, system } = process.cpuUsage(before);
      return { cpuSeconds: (user + system) / 1e6, sealingSeconds: spentMs / 1_000 };
    },
  };
};
