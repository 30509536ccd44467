/** The receiver's process, as benchmarks speak to it. */
import { startActor } from "./actor.ts";
import { bareEnvironment } from "./environment.ts";

export type BenchReceiver = {
  urlOf(name: string): string;
  /** Of each name, since the last `forget`. */
  taken(): Promise<Record<string, number>>;
  forget(): Promise<void>;
  /** Ends the waiting of those that get no answer. */
  hangUp(): Promise<void>;
  stop(): Promise<void>;
};

export async function startReceiver(folder: string): Promise<BenchReceiver> {
  const actor = startActor("receiver", ["bench/receiver/main.ts"], bareEnvironment(), folder);
  const port = await actor.ask<number>("listen");
  return {
    urlOf: (name) => `http://127.0.0.1:${port}/${name}`,
    taken: () => actor.ask("taken"),
    forget: () => actor.ask("forget"),
    hangUp: () => actor.ask("hangUp"),
    stop: () => actor.stop(),
  };
}
