import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { SelfSigned } from "#lib/platform/testing/self-signed.ts";
import { freePort } from "./free-port.ts";

export type RedisServer = {
  port: number;
  /** 0 unless a certificate was handed in. */
  tlsPort: number;
  /** Cuts every connection, as a restart or a proxy would. */
  stop(): Promise<void>;
};

const PATIENCE_MS = 10_000;

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A `redis-server` from the PATH on loopback, which keeps nothing; on the given port, or one that is free. */
export async function openRedisServer({
  port,
  password,
  tls,
}: {
  port?: number;
  password?: string;
  tls?: SelfSigned | undefined;
} = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "keyhold-redis-"));
  const settings: Record<string, string> = {
    bind: "127.0.0.1",
    port: String(port ?? (await freePort())),
    dir: folder,
    save: "",
    appendonly: "no",
    "maxmemory-policy": "noeviction",
    ...(password === undefined ? {} : { requirepass: password }),
  };
  if (tls) {
    const key = join(folder, "key.pem");
    const certificate = join(folder, "certificate.pem");
    writeFileSync(key, tls.key);
    writeFileSync(certificate, tls.cert);
    Object.assign(settings, {
      "tls-port": String(await freePort()),
      "tls-cert-file": certificate,
      "tls-key-file": key,
      "tls-auth-clients": "no",
    });
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await answers(Number(settings.port)))) {
    if (Date.now() > deadline || server.exitCode !== null) throw new Error("no redis-server");
    await wait(20);
  }
  return {
    port: Number(settings.port),
    tlsPort: Number(settings["tls-port"] ?? 0),
    async stop() {
      process.off("exit", kill);
      server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
