import { randomBytes } from "node:crypto";
import { freePort } from "../base/free-port.mjs";
import { Problem } from "../base/problem.mjs";
import { dataFolder } from "../base/root.mjs";
import { startService } from "../processes.mjs";
import { updateDemoFile } from "../secrets.mjs";

/**
 * Starts the demo's receiver, which prints the events that it is sent, and answers the environment in which the
 * demo's story makes an endpoint of it. Port and secret are kept between runs; a port that is taken is exchanged.
 */
export async function openReceiver() {
  const { receiver: kept = {} } = updateDemoFile(dataFolder, (demo) => demo);
  const receiver = {
    port: await freePort(kept.port),
    secret: kept.secret ?? `whsec_${randomBytes(32).toString("base64")}`,
  };
  updateDemoFile(dataFolder, (demo) => ({ ...demo, receiver }));
  await startReceiver(receiver);
  return {
    RECEIVER_URL: `http://127.0.0.1:${receiver.port}/`,
    RECEIVER_SECRET: receiver.secret,
    // It listens on this machine.
    KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
  };
}

/** Answers when it listens. */
function startReceiver({ port, secret }) {
  return new Promise((resolve, reject) => {
    const receiver = startService({
      name: "receiver",
      args: ["--import", "tsx", "receiver/main.ts", "--port", String(port)],
      // Not among the arguments, which everybody on the machine may read.
      env: { ...process.env, RECEIVER_SECRET: secret },
      restart: true,
      onLine: (line) => {
        if (!line.startsWith("Listening on ")) return false;
        resolve();
        return true;
      },
    });
    receiver.ended.then(({ code }) =>
      reject(new Problem(`The receiver ended with code ${code}; its own words are above.`)),
    );
  });
}
