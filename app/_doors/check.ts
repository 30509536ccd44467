/** Run by `npm run build`, on what it has built: holds the tables of doors against that. */
import { fileURLToPath } from "node:url";
import { doorProblems } from "./compare.ts";
import { findDoors } from "./found.ts";

const found = findDoors(fileURLToPath(new URL("../..", import.meta.url)));
const problems = doorProblems(found);
const count = found.pages.length + found.routes.length + found.actions.length;
process.stdout.write(
  problems.length > 0 ? `${problems.join("\n")}\n` : `${count} doors, all declared\n`,
);
if (problems.length > 0) process.exitCode = 1;
