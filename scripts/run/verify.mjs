import { command } from "../base/command.mjs";
import { ensureInstalled } from "../install.mjs";
import { runStages, summarise } from "./stage.mjs";
import { staticStages } from "./static-stages.mjs";
import { unitStage } from "./test-stages.mjs";

/** `npm run verify`: what should hold before a commit; no database, no build, no browser. */
export const main = command(async () => {
  await ensureInstalled();
  return summarise(await runStages([...staticStages, unitStage]));
});
