import { randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { readJson, writePrivateJson } from "./base/json-file.mjs";

/**
 * The secrets of the demo and of development, made once and kept in `demo.json` (0600) under the data
 * folder, as environment variables. A real installation brings its own.
 *
 * What `environment` has set is taken instead; for the first admin only until one is kept, since the
 * sign-in that is printed must be the one with which the database was made.
 */
export function ensureDemoSecrets(dataDir, environment = process.env) {
  const { secrets } = updateDemoFile(dataDir, ({ secrets: kept = {}, ...rest }) => ({
    ...rest,
    secrets: {
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
      CRON_SECRET: randomBytes(24).toString("base64url"),
      KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      ADMIN_EMAIL: environment.ADMIN_EMAIL || "admin@keyhold.example",
      ADMIN_PASSWORD: environment.ADMIN_PASSWORD || readablePassword(),
      ...kept,
    },
  }));
  const set = ["NEXTAUTH_SECRET", "CRON_SECRET", "KEYHOLD_SEALING_KEYS"]
    .filter((name) => environment[name])
    .map((name) => [name, environment[name]]);
  const all = { ...secrets, ...Object.fromEntries(set) };
  // Keys in a file are instead of keys in a variable.
  if (environment.KEYHOLD_SEALING_KEYS_FILE) delete all.KEYHOLD_SEALING_KEYS;
  return all;
}

/** Reads `demo.json`, has it changed, keeps the result and answers it. */
export function updateDemoFile(dataDir, change) {
  const path = join(dataDir, "demo.json");
  const before = readJson(path);
  const after = change(before);
  if (JSON.stringify(after) !== JSON.stringify(before)) writePrivateJson(path, after);
  return after;
}

/** Ten syllables, which are easy to read out and to type: 62 bits. */
export function readablePassword() {
  const pick = (letters) => letters[randomInt(letters.length)];
  const syllable = () => pick("bdfghkmnprstvwz") + pick("aeiou");
  return Array.from({ length: 5 }, () => syllable() + syllable()).join("-");
}
