import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this clone; every command works in it, wherever it was called from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Everything a command keeps between runs: the database, the demo's secrets, the simulator's orders. */
export const dataFolder = join(root, ".data");
