import { join } from "node:path";
import { lockHolder, tryLock } from "../base/folder-lock.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { onShutdown } from "../base/shutdown.mjs";

/** One demo (or `npm run dev`) at a time in a clone: they share the simulator's file. */
export function claimDemo() {
  const path = join(dataFolder, "demo.lock");
  const release = tryLock(path);
  if (!release) {
    throw new Problem(
      `The demo is running here already (process ${lockHolder(path)}). ` +
        "Use that one, or stop it with Ctrl-C in its terminal first.",
    );
  }
  onShutdown(async () => release());
}
