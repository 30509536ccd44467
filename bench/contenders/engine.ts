import { runEngine } from "#lib/engine/run-engine.ts";
import { listen } from "#lib/platform/notify.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { openKeyhold } from "../world/keyhold.ts";
import type { Contender } from "./contender.ts";

/** Keyhold's own engine, as `npm run worker` runs it, chores and all, with a sealer made of its own. */
export const engineWith =
  (sealerOf: (sealer: Sealer) => Sealer): Contender =>
  async ({ databaseUrl, supplierUrl }) => {
    const opened = await openKeyhold(databaseUrl, supplierUrl);
    const keyhold = { ...opened, sealer: sealerOf(opened.sealer) };
    const ending = new AbortController();
    let running: Promise<number> | null = null;
    return {
      start() {
        running = runEngine(keyhold, {
          kind: "worker",
          signal: ending.signal,
          onWork(wake) {
            const listening = listen(
              databaseUrl,
              keyhold.log,
              (topic) => topic === "work" && wake(),
            );
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

/** The engine as it is. The rows are its queue. */
export const engine: Contender = engineWith((sealer) => sealer);
