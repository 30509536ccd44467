/** The supplier's process, as benchmarks speak to it. */
import type { Behaviour, Tally } from "../supplier/behaviour.ts";
import { startActor } from "./actor.ts";
import { bareEnvironment } from "./environment.ts";

export type BenchSupplier = {
  /** The address of an account; each has its own behaviour and tally. */
  urlOf(account: string): string;
  behave(account: string, does: Behaviour): Promise<void>;
  tally(account: string): Promise<Tally>;
  /** How many calls of the account wait for an answer. */
  held(account: string): Promise<number>;
  stop(): Promise<void>;
};

export async function startSupplier(folder: string): Promise<BenchSupplier> {
  const actor = startActor("supplier", ["bench/supplier/main.ts"], bareEnvironment(), folder);
  const port = await actor.ask<number>("listen");
  return {
    urlOf: (account) => `http://127.0.0.1:${port}/${account}`,
    behave: (account, does) => actor.ask("behave", { account, does }),
    tally: (account) => actor.ask("tally", account),
    held: (account) => actor.ask("held", account),
    stop: () => actor.stop(),
  };
}
