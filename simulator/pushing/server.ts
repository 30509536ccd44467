import { createServer } from "node:http";
import { listen, stop } from "../http/listen.ts";
import { createApi } from "./api.ts";
import { createControl } from "./control.ts";
import type { Hook } from "./messenger.ts";
import { createWorld, type Settings } from "./world.ts";

const graceMs = 500;

export type PushingOptions = Partial<Settings> & {
  /** 0 takes a free port, which is also the default. */
  port?: number;
  controlPort?: number;
  /** Where messages go; it can be set later, through the control port. */
  hook?: Hook | null;
  now?: () => number;
};

export type PushingSimulator = {
  url: string;
  controlUrl: string;
  port: number;
  controlPort: number;
  apiKey: string;
  close(): Promise<void>;
};

/** Starts a supplier that tells by signed messages, and its control port, on loopback. All is kept in memory. */
export async function startPushing(options: PushingOptions = {}): Promise<PushingSimulator> {
  const { port = 0, controlPort = 0, hook = null, now = Date.now, ...settings } = options;
  const world = createWorld(settings, hook, now);
  const closing = new AbortController();
  const api = createServer(createApi(world, closing.signal));
  const control = createServer(createControl(world));
  const ports = {
    port: await listen(api, port),
    controlPort: await listen(control, controlPort).catch(async (error) => {
      await stop(api, 0);
      throw error;
    }),
  };
  return {
    url: `http://127.0.0.1:${ports.port}/v1`,
    controlUrl: `http://127.0.0.1:${ports.controlPort}`,
    ...ports,
    apiKey: world.settings.apiKey,
    async close() {
      closing.abort();
      world.orders.close();
      world.messenger.close();
      await Promise.all([stop(api, graceMs), stop(control, graceMs)]);
    },
  };
}
