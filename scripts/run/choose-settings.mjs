import { join } from "node:path";
import { lockHolder } from "../base/folder-lock.mjs";
import { readJson } from "../base/json-file.mjs";
import { ensureDemoSecrets } from "../secrets.mjs";

/**
 * Whose settings a command at the terminal works with, beside what the environment sets: those of the
 * demo that runs in this clone; otherwise the installation's own (`loadFiles` reads the files that
 * `npm start` reads too); and where there is none, the demo that ran here last. Starts and changes nothing.
 */
export function chooseSettings({ dataDir, environment, loadFiles, tell }) {
  const running = lockHolder(join(dataDir, "demo.lock"));
  if (running) {
    tell(`Beside the demo that runs in this clone (process ${running}).`);
    return demoSettings(dataDir, environment);
  }
  loadFiles();
  // No installation runs without it.
  if (environment.KEYHOLD_SEALING_KEYS || environment.KEYHOLD_SEALING_KEYS_FILE) return {};
  if (!readJson(join(dataDir, "demo.json")).secrets) return {};
  tell("With the settings of this clone's demo, which isn't running.");
  return demoSettings(dataDir, environment);
}

/** As `npm run demo` gives them to its processes. */
function demoSettings(dataDir, environment) {
  const { simulator } = readJson(join(dataDir, "demo.json"));
  const isSimulated = !environment.FOXRELOAD_API_KEY && simulator;
  return {
    ...ensureDemoSecrets(dataDir, environment),
    NEXTAUTH_URL: environment.NEXTAUTH_URL || `http://localhost:${environment.PORT || 3000}`,
    KEYHOLD_ENVIRONMENT: "demo",
    KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
    ...(isSimulated
      ? {
          FOXRELOAD_BASE_URL: `http://127.0.0.1:${simulator.port}`,
          FOXRELOAD_API_KEY: simulator.apiKey,
        }
      : {}),
  };
}
