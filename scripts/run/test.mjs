import { command } from "../base/command.mjs";
import { duration, say } from "../base/say.mjs";
import { ensureInstalled } from "../install.mjs";
import { chaosStage, deliveriesChaosStage } from "./chaos.mjs";
import { runStages, summarise } from "./stage.mjs";
import { staticStages } from "./static-stages.mjs";
import {
  browserStage,
  buildStage,
  controlsStage,
  firstLoadStage,
  simulationStage,
  testStage,
} from "./test-stages.mjs";

/** `npm test`: everything that can be told of this clone. Its last line is `N passed, N failed`. */
export const main = command(async () => {
  const startedAt = Date.now();
  const install = {
    name: "packages",
    run: async () => {
      await ensureInstalled();
      return { passed: 1, failed: 0 };
    },
  };
  const rest = [
    ...staticStages,
    testStage,
    buildStage,
    firstLoadStage,
    browserStage,
    chaosStage,
    deliveriesChaosStage,
    controlsStage,
    simulationStage,
  ];
  const results = await runStages([
    install,
    ...rest.map((stage) => ({ ...stage, needs: [install.name, ...(stage.needs ?? [])] })),
  ]);
  say(`\nAll stages took ${duration(Date.now() - startedAt)}.`);
  return summarise(results);
});
