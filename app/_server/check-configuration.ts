import { env } from "#lib/platform/env.ts";

/** Ends the process with a sentence when the configuration is unfit. */
export function checkConfiguration(): void {
  try {
    env();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
