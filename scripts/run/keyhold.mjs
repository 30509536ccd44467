import { existsSync } from "node:fs";
import { join } from "node:path";
import { command } from "../base/command.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder, root } from "../base/root.mjs";
import { runNode } from "../base/task.mjs";
import { chooseSettings } from "./choose-settings.mjs";
import { openDatabase } from "./database.mjs";
import { loadEnvFiles } from "./env-files.mjs";

/** Standard output is the command's alone: a program may be reading JSON from it. */
const tell = (line) => process.stderr.write(`${line}\n`);

/** `npm run keyhold -- …`: the operator's command line, with the environment of what runs here. */
export const main = command(
  async (argv) => {
    if (!existsSync(join(root, "prisma", "generated"))) {
      throw new Problem(
        "Nothing is installed yet. Run `npm ci` and `npm run build`, or `npm run demo`; then this command again.",
      );
    }
    const env = isAskedForHelp(argv) ? { ...process.env } : await environment();
    const args = ["--import", "tsx", "cli/main.ts", ...argv];
    const { code } = await runNode(args, { env, show: "all" });
    return code;
  },
  { say: tell },
);

/** Words of help need neither settings nor a database. */
const isAskedForHelp = (argv) =>
  argv.length === 0 || argv.some((word) => ["--help", "-h", "help"].includes(word));

async function environment() {
  const loadFiles = () => loadEnvFiles(tell);
  const settings = chooseSettings({
    dataDir: dataFolder,
    environment: process.env,
    loadFiles,
    tell,
  });
  const env = { LOG_LEVEL: "warn", ...process.env, ...settings };
  // Without any settings the command says what is missing; there is no database to be opened for it.
  const isSet = env.KEYHOLD_SEALING_KEYS || env.KEYHOLD_SEALING_KEYS_FILE;
  return isSet ? { ...env, DATABASE_URL: (await openDatabase(tell)).url } : env;
}
