/** Holds a redis-server of ours: it ends with this process, and this process with its parent. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerQuestions } from "../world/answer-questions.ts";
import { waitUntil } from "../world/wait-until.ts";

const folder = mkdtempSync(join(tmpdir(), "keyhold-redis-"));

answerQuestions({
  async open(): Promise<number> {
    const port = await freePort();
    // As BullMQ's guide to production has it: an append-only file, synced each second; nothing evicted.
    const settings = {
      bind: "127.0.0.1",
      port: String(port),
      dir: folder,
      appendonly: "yes",
      appendfsync: "everysec",
      save: "",
      "maxmemory-policy": "noeviction",
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const server = spawn("redis-server", args, { stdio: "inherit" });
    process.once("SIGTERM", () => server.kill("SIGTERM"));
    server.once("exit", () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
    await waitUntil("redis-server answers", () => answers(port), { patienceMs: 10_000 });
    return port;
  },
});

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString().startsWith("+PONG"));
    });
    socket.once("error", () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
