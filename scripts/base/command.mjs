import { accessSync, constants, mkdirSync } from "node:fs";
import { explainFileError, Problem } from "./problem.mjs";
import { dataFolder, root } from "./root.mjs";
import { say } from "./say.mjs";
import { forever, isShuttingDown, shutDown, shutDownOnSignals } from "./shutdown.mjs";

/**
 * Wraps the work of a command: it runs in the clone's folder, which has to be writable; whatever it
 * started is stopped at its end, whichever way that comes; a refused file operation becomes a sentence.
 */
export function command(work, signals) {
  return async (argv) => {
    process.chdir(root);
    checkFolders();
    // Nothing of ours phones home.
    process.env.NEXT_TELEMETRY_DISABLED = "1";
    // A reader that goes away (`| head`) must not keep the command from stopping what it started.
    process.stdout.on("error", () => {});
    shutDownOnSignals({ say, ...signals });
    try {
      const code = await work(argv);
      return isShuttingDown() ? await forever() : code;
    } catch (error) {
      // After a signal everything fails that is cut short; the signal's handler has the last word.
      if (isShuttingDown()) await forever();
      throw explainFileError(error);
    } finally {
      await shutDown();
    }
  };
}

function checkFolders() {
  for (const folder of [root, dataFolder]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch {
      throw new Problem(
        `Keyhold may not write into ${folder}. Run the command as the user who owns that folder, ` +
          "or give it to this user with chown.",
      );
    }
  }
}
