/**
 * Starts the whole product for the browser tests: a database of its own, the simulator, the story,
 * the built web server and a worker. Everything listens on loopback and ends with the run.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase } from "#prisma/test-database.ts";
import { createAppRole } from "./app-role.ts";
import { type Child, keepRunning, startChild, waitUntil } from "./child.ts";

const API_KEY = "e2e-simulator-key-0123456789";

export default async function startProduct(): Promise<() => Promise<void>> {
  const database = await createTestDatabase();
  const children: Pick<Child, "stop">[] = [];
  const folder = mkdtempSync(join(tmpdir(), "keyhold-e2e-"));
  const logFile = join(folder, "product.log");
  let role: Awaited<ReturnType<typeof createAppRole>> | undefined;
  const stop = async () => {
    for (const child of children.reverse()) await child.stop();
    await role?.drop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulator = startChild(
      [
        "--import",
        "tsx",
        "simulator/main.ts",
        "--port",
        "0",
        "--control-port",
        "0",
        "--data",
        "none",
        "--seed",
        "7",
        "--api-key",
        API_KEY,
        "--complete-ms",
        "2000-4000",
      ],
      {},
    );
    children.push(simulator);
    const { port, controlPort } = await waitUntil(simulator, "The simulator", async () => {
      const line = simulator
        .output()
        .split("\n")
        .find((text) => text.startsWith('{"listening"'));
      return line
        ? (JSON.parse(line) as { listening: { port: number; controlPort: number } }).listening
        : null;
    });
    role = await createAppRole(database);
    const webPort = await freePort();
    const url = `http://127.0.0.1:${webPort}`;
    const oidcPort = await freePort();
    const provider = startChild(
      ["--import", "tsx", "e2e/setup/oidc-provider.ts", String(oidcPort), url],
      {},
    );
    children.push(provider);
    await waitUntil(provider, "The OpenID provider", async () =>
      provider.output().includes("listening") ? true : null,
    );
    const env = {
      NODE_ENV: "production",
      KEYHOLD_ENVIRONMENT: "demo",
      DATABASE_URL: role.url,
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64url"),
      CRON_SECRET: randomBytes(24).toString("base64url"),
      KEYHOLD_SEALING_KEYS: `e1:${randomBytes(32).toString("base64")}`,
      FOXRELOAD_BASE_URL: `http://127.0.0.1:${port}`,
      FOXRELOAD_API_KEY: API_KEY,
      ADMIN_EMAIL: "admin@keyhold.example",
      ADMIN_PASSWORD: `e2e-${randomBytes(12).toString("base64url")}`,
      OIDC_ISSUER: `http://127.0.0.1:${oidcPort}`,
      OIDC_CLIENT_ID: "keyhold",
      OIDC_CLIENT_SECRET: "a secret of the browser tests alone",
      OIDC_NAME: "Test login",
      SIMULATOR_CONTROL_URL: `http://127.0.0.1:${controlPort}`,
      // Tests' own receivers are on this machine.
      KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
      KEYHOLD_SECURITY_CONTACT: "mailto:security@keyhold.example",
      LOG_LEVEL: "info",
    };
    // What the story's shop checks its messages with; nobody but the seed is told.
    const signing = `whsec_${randomBytes(32).toString("base64")}`;
    const seed = startChild(["--import", "tsx", "prisma/seed.ts"], {
      ...env,
      RECEIVER_SECRET: signing,
    });
    await waitUntil(seed, "The seed", async () =>
      seed.output().includes("story is told") ? true : null,
    );
    const web = startChild(
      ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(webPort)],
      env,
      logFile,
    );
    children.push(web);
    children.push(keepRunning(["--import", "tsx", "lib/engine/main.ts"], env, logFile));
    await waitUntil(web, "The web server", async () =>
      (await fetch(`${url}/api/health`)).ok ? true : null,
    );
    // Tests read these; each worker process inherits them.
    Object.assign(process.env, {
      KEYHOLD_E2E_URL: url,
      KEYHOLD_E2E_CONTROL_URL: env.SIMULATOR_CONTROL_URL,
      KEYHOLD_E2E_PASSWORD: env.ADMIN_PASSWORD,
      KEYHOLD_E2E_DATABASE_URL: database.url,
      KEYHOLD_E2E_CRON_SECRET: env.CRON_SECRET,
      KEYHOLD_E2E_LOG: logFile,
      KEYHOLD_E2E_SIGNING_SECRET: signing,
    });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
