import { runEngine } from "#lib/engine/run-engine.ts";
import { listen } from "#lib/platform/notify.ts";
import { openKeyhold } from "../world/keyhold.ts";
import type { Contender } from "./contender.ts";

/** Keyhold's own engine, as `npm run worker` runs it, chores and all. The rows are its queue. */
export const engine: Contender = async ({ databaseUrl, supplierUrl }) => {
  const keyhold = await openKeyhold(databaseUrl, supplierUrl);
  const ending = new AbortController();
  let running: Promise<number> | null = null;
  return {
    start() {
      running = runEngine(keyhold, {
        kind: "worker",
        signal: ending.signal,
        onWork(wake) {
          const listening = listen(databaseUrl, keyhold.log, (topic) => topic === "work" && wake());
          return () => void listening.close();
        },
      });
    },
    async stop() {
      ending.abort();
      await running;
      await keyhold.close();
    },
  };
};
