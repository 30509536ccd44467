import { type Env, env, secretsOf } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";

/** Says on stderr why there is no runtime, and so no log of its own. Never throws. */
export function logFailedStart(error: unknown): void {
  const known = knownEnv();
  if (known) {
    const log = createLog("error", secretsOf(known), (line) => process.stderr.write(line));
    log.error({ err: error }, "the server could not start");
  } else {
    // This is the error about the configuration, whose words hold no values.
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
}

function knownEnv(): Env | null {
  try {
    return env();
  } catch {
    return null;
  }
}
