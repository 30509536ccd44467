import { setTimeout as wait } from "node:timers/promises";
import { isPortFree } from "../base/free-port.mjs";
import { Problem } from "../base/problem.mjs";
import { startService } from "../processes.mjs";

const nextBin = "node_modules/next/dist/bin/next";
const releaseMs = 2_000;
/** A create may take 30 s, and its answer be held for up to a minute while the database is away. */
const patienceMs = 70_000;

/** The port that the console is to listen on, or a sentence where it can't. */
export async function choosePort({ host, command }) {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(
      `PORT=${process.env.PORT} is not a port. Give a number from 1 to 65535, such as 3000.`,
    );
  }
  // One that was just stopped may need a moment to let go of it.
  const deadline = Date.now() + releaseMs;
  while (!(await isPortFree(port, host))) {
    if (Date.now() > deadline) {
      throw new Problem(
        `Port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} ${command}`,
      );
    }
    await wait(100);
  }
  return port;
}

/** The web server: `next start`, or `next dev` in development. */
export function startWeb({ port, host, env, dev = false, alone = false }) {
  const args = [nextBin, dev ? "dev" : "start", "-p", String(port), "-H", host];
  return startService({ name: "web", args, env, alone, patienceMs });
}

/** The worker; a crashed one is started again. */
export function startWorker({ env, alone = false }) {
  const args = ["--import", "tsx", "lib/engine/main.ts"];
  return startService({ name: "worker", args, env, alone, patienceMs, restart: true });
}

/** Waits for the end of the first of them and answers the exit code of the whole. */
export async function untilOneEnds(services) {
  const { name, code } = await Promise.race(services.map((service) => service.ended));
  if (code !== 0)
    throw new Problem(`The ${name} process ended with code ${code}; its own words are above.`);
  return code;
}
