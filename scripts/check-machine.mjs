/**
 * The first thing every command does: is this machine one that Keyhold runs on?
 *
 * This file and the entry files that import it are kept to syntax that Node 12 can parse, and import
 * nothing else, so that an old Node prints a sentence instead of a syntax error.
 */

/** A sentence that says what to do about this Node, or null where it is new enough. */
export function nodeProblem(version) {
  const parts = version.split(".").map(Number);
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return null;
  return (
    "Keyhold needs Node 20.19 or newer, and this is Node " +
    version +
    ". Install a newer one (https://nodejs.org, or `nvm install 22`), then run the command again."
  );
}

/** A sentence that says what to do about this operating system, or null where it will do. */
export function platformProblem(platform) {
  if (platform !== "win32") return null;
  return "Keyhold's commands run on Linux and macOS. On Windows, run them inside WSL (https://aka.ms/wsl).";
}

/**
 * Runs a command: checks the machine, loads the module that holds the work, calls its `main(argv)`
 * and exits with the code it answers. A `Problem` is printed as its sentence, anything else with its
 * stack.
 */
export function enter(load) {
  const problem = platformProblem(process.platform) || nodeProblem(process.versions.node);
  if (problem) {
    process.stderr.write(`\n${problem}\n\n`);
    process.exitCode = 1;
    return;
  }
  load()
    .then((command) => command.main(process.argv.slice(2)))
    .then(
      (code) => process.exit(code),
      (error) => {
        process.stderr.write(`\n${error.name === "Problem" ? error.message : error.stack}\n\n`);
        process.exit(1);
      },
    );
}
