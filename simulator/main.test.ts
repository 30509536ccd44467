import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { productId, request } from "./testing/open-simulator.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const key = { "x-api-key": "k" };

type Child = ChildProcessByStdio<null, Readable, Readable>;

function launch(...args: string[]): Child {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function start(data: string) {
  const child = launch("--port", "0", "--control-port", "0", "--data", data, "--api-key", "k");
  const [line] = await once(createInterface(child.stdout), "line");
  const { port, controlPort } = JSON.parse(line).listening;
  return { child, url: `http://127.0.0.1:${port}`, controlUrl: `http://127.0.0.1:${controlPort}` };
}

async function end(child: Child, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = await once(child, "exit");
  return code;
}

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "simulator-main-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "state.json");
}

it("forgets no order that it answered, killed or stopped", async () => {
  const data = await stateFile();
  const first = await start(data);
  await request(`${first.controlUrl}/rules`, "POST", { do: { delayMs: 1 } }, {});
  const items = [{ itemId: productId("test-stays-in-paid"), quantity: 1 }];
  const created = await Promise.all(
    [1, 2, 3, 4, 5].map(() => request(`${first.url}/api/orders/`, "POST", { items }, key)),
  );
  const ids = created.map((answer) => answer.json.id);
  expect(new Set(ids).size).toBe(5);
  await request(`${first.url}/api/orders/${ids[0]}/pay`, "POST", {}, key);
  await end(first.child, "SIGKILL");

  const second = await start(data);
  const truth = (await request(`${second.controlUrl}/truth`, "GET", undefined, {})).json;
  expect(truth.orders.map((order: { id: string }) => order.id).sort()).toEqual(ids.toSorted());
  const paid = await request(`${second.url}/api/orders/${ids[0]}`, "GET", undefined, key);
  expect(paid.json.status).toBe("paid");
  expect(truth.balances.usd).toMatchObject({ available: "2499.0000", reserved: "1.0000" });
  const rules = await request(`${second.controlUrl}/rules`, "GET", undefined, {});
  expect(rules.json.items).toHaveLength(1);
  expect(await end(second.child, "SIGTERM")).toBe(0);

  const third = await start(data);
  const list = await request(`${third.url}/api/orders/`, "GET", undefined, key);
  expect(list.json.total).toBe(5);
  expect(await end(third.child, "SIGINT")).toBe(0);
}, 180_000);

it("says in a sentence what keeps it from starting", async () => {
  const { url, child } = await start(await stateFile());
  const port = new URL(url).port;
  const second = launch("--port", port, "--control-port", "0", "--data", "none");
  const [text] = await once(second.stderr, "data");
  expect(String(text)).toContain(`Port ${port} is in use`);
  expect(second.exitCode ?? (await once(second, "exit"))[0]).toBe(1);
  await end(child, "SIGTERM");
}, 180_000);
