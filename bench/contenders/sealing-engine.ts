/** The engine with another sealer, for what sealing costs it. */
import { performance } from "node:perf_hooks";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Contender } from "./contender.ts";
import { engineWith } from "./engine.ts";

/** Parts of a sealed value that hold nothing. */
const NONCE = "A".repeat(16);
const TAG = "A".repeat(22);

const encoded = (text: string): string => Buffer.from(text).toString("base64url");

/** Looks sealed to the database, and opens as it was; nothing is kept from anybody. */
const encoding = (sealer: Sealer): Sealer => ({
  ...sealer,
  seal: (plaintext) => `v2|bench|${NONCE}|${encoded(plaintext)}|${TAG}`,
  open: async (sealed) => Buffer.from(sealed.split("|")[3] ?? "", "base64url").toString("utf8"),
  blindIndex: encoded,
});

export const encodingEngine: Contender = engineWith(encoding);

/** The engine as it is, and how long it was about sealing. */
export const timedEngine: Contender = async (setting) => {
  let spentMs = 0;
  const timed = (sealer: Sealer): Sealer => {
    const timing =
      <Given extends unknown[], Answer>(work: (...given: Given) => Answer) =>
      (...given: Given): Answer => {
        const startedAt = performance.now();
        const answer = work(...given);
        spentMs += performance.now() - startedAt;
        return answer;
      };
    return { ...sealer, seal: timing(sealer.seal), blindIndex: timing(sealer.blindIndex) };
  };
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
