import { randomBytes } from "node:crypto";
import { freePort } from "../base/free-port.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { say } from "../base/say.mjs";
import { startService } from "../processes.mjs";
import { updateDemoFile } from "../secrets.mjs";

const foxReload = "https://public-api.foxreload.com";

/**
 * The supplier of the demo, as environment variables for the console: the one whose key the user has
 * set, otherwise the simulator, started here on ports that are kept between runs where they stay free.
 */
export async function openSupplier() {
  const { FOXRELOAD_API_KEY } = process.env;
  if (FOXRELOAD_API_KEY) {
    const FOXRELOAD_BASE_URL = process.env.FOXRELOAD_BASE_URL || foxReload;
    say(`Supplier: ${FOXRELOAD_BASE_URL}, since FOXRELOAD_API_KEY is set`);
    return { FOXRELOAD_BASE_URL, FOXRELOAD_API_KEY };
  }
  const { port, controlPort, apiKey } = await keepSettings();
  await startSimulator({ port, controlPort, apiKey });
  return {
    FOXRELOAD_BASE_URL: `http://127.0.0.1:${port}`,
    FOXRELOAD_API_KEY: apiKey,
    SIMULATOR_CONTROL_URL: `http://127.0.0.1:${controlPort}`,
  };
}

async function keepSettings() {
  const { simulator: kept = {} } = updateDemoFile(dataFolder, (demo) => demo);
  const simulator = {
    port: await freePort(kept.port),
    controlPort: await freePort(kept.controlPort),
    apiKey: kept.apiKey ?? `demo_${randomBytes(18).toString("base64url")}`,
  };
  updateDemoFile(dataFolder, (demo) => ({ ...demo, simulator }));
  return simulator;
}

/** Answers when the simulator listens. */
function startSimulator({ port, controlPort, apiKey }) {
  return new Promise((resolve, reject) => {
    const flags = {
      "--port": port,
      "--control-port": controlPort,
      "--data": ".data/simulator.json",
      "--seed": 1,
      "--api-key": apiKey,
    };
    const simulator = startService({
      name: "simulator",
      args: ["--import", "tsx", "simulator/main.ts", ...Object.entries(flags).flat().map(String)],
      env: process.env,
      restart: true,
      onLine: (line) => {
        if (!line.startsWith('{"listening"')) return false;
        resolve();
        return true;
      },
    });
    simulator.ended.then(({ code }) =>
      reject(new Problem(`The simulator ended with code ${code}; its own words are above.`)),
    );
  });
}
