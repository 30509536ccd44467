import { startActor } from "./actor.ts";
import { bareEnvironment } from "./environment.ts";

export type Redis = { url: string; stop(): Promise<void> };

/** The Redis that REDIS_URL names, otherwise one of our own, on loopback and in a temporary folder. */
export async function openRedis(folder: string): Promise<Redis> {
  const named = process.env.REDIS_URL;
  if (named) return { url: named, stop: async () => undefined };
  const actor = startActor("redis", ["bench/redis/main.ts"], bareEnvironment(), folder);
  const port = await actor.ask<number>("open");
  return { url: `redis://127.0.0.1:${port}`, stop: () => actor.stop() };
}
