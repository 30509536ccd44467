/** Worker processes as `npm run worker` starts them. */
import { type Process, startProcess } from "./actor.ts";
import { environmentOf } from "./environment.ts";
import { waitUntil } from "./wait-until.ts";
import type { World } from "./world.ts";

export async function startWorker(
  world: World,
  name: string,
  databaseUrl: string,
  supplierUrl: string,
): Promise<Process> {
  const env = environmentOf(databaseUrl, supplierUrl, { LOG_LEVEL: "info" });
  const { child: _, ...worker } = startProcess(name, ["lib/engine/main.ts"], env, world.folder);
  let hasEnded = false;
  void worker.ended.then(() => {
    hasEnded = true;
  });
  await waitUntil(`${name} has started`, async () => {
    if (hasEnded) throw new Error(`${name} ended:\n${worker.lastWords()}`);
    return worker.hasSaid('"worker started"');
  });
  return worker;
}
