import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../base/root.mjs";
import { floorProblems } from "../check-floors.mjs";
import { completenessProblems } from "../complete-lockfile.mjs";
import { reportProblems, runCheck } from "./stage.mjs";

/** What can be told from the sources alone, in the order of how fast it is told. */
export const staticStages = [
  {
    name: "format and lint",
    run: () =>
      runCheck([
        "node_modules/@biomejs/biome/bin/biome",
        "ci",
        "--colors=off",
        "--max-diagnostics=50",
        ".",
      ]),
  },
  {
    name: "package versions",
    run: () => {
      const lockfile = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
      return reportProblems([...floorProblems(lockfile), ...completenessProblems(lockfile)]);
    },
  },
  { name: "message keys", run: () => runCheck(["--import", "tsx", "i18n/check-messages.ts"]) },
  {
    name: "import rules",
    run: () => runCheck(["scripts/check-imports.mjs"]),
  },
  {
    name: "types",
    run: async () => {
      // Next writes the types of the routes, which the pages use.
      const generated = await runCheck(["node_modules/next/dist/bin/next", "typegen"]);
      if (generated.failed > 0) return generated;
      return runCheck(["node_modules/typescript/bin/tsc", "--noEmit", "-p", "."]);
    },
  },
];
