/** The process of `bench/supplier/timed.ts`, as benchmarks speak to it. */
import type { Asked, TimedOrder } from "../supplier/timed-order.ts";
import { startActor } from "./actor.ts";
import { bareEnvironment } from "./environment.ts";

export type TimedSupplier = {
  url: string;
  /** Paid orders that were placed now, oldest first. */
  expect(orders: TimedOrder[]): Promise<void>;
  /** In place of all others, newest first. */
  fill(orders: TimedOrder[]): Promise<void>;
  /** What was asked since this was last asked. */
  asked(): Promise<Asked>;
  stop(): Promise<void>;
};

export async function startTimedSupplier(folder: string): Promise<TimedSupplier> {
  const args = ["bench/supplier/timed.ts"];
  const actor = startActor("timed-supplier", args, bareEnvironment(), folder);
  const port = await actor.ask<number>("listen");
  return {
    url: `http://127.0.0.1:${port}`,
    expect: (orders) => actor.ask("expect", orders),
    fill: (orders) => actor.ask("fill", orders),
    asked: () => actor.ask("asked"),
    stop: () => actor.stop(),
  };
}
