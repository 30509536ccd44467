import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "../base/problem.mjs";

const patienceMs = 90_000;

/** What listens on every address is asked on this machine's own. */
const loopback = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** Waits until `GET /api/health` at this address answers 200; `ended` is the server's own end, should it come first. */
export async function waitForHealth({ host, port, ended }) {
  const deadline = Date.now() + patienceMs;
  let gone = null;
  ended.then((end) => {
    gone = end;
  });
  let last = null;
  while (Date.now() < deadline) {
    if (gone)
      throw new Problem(`The web server ended with code ${gone.code}; its own words are above.`);
    last = await statusOf(loopback[host] ?? host, port);
    if (last === 200) return;
    await wait(150);
  }
  throw new Problem(
    `The console did not become healthy within ${patienceMs / 1000} s (/api/health: ${last ?? "no answer"}). ` +
      "What the web server printed above says why.",
  );
}

function statusOf(host, port) {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: "/api/health", timeout: 10_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => resolve(null));
    asked.end();
  });
}
