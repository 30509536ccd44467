import { createServer } from "node:http";
import { createControl } from "./control/control.ts";
import { listen, stop } from "./http/listen.ts";
import { createRequestLog } from "./request-log.ts";
import { memoryStore, openStore } from "./store.ts";
import { createSupplier } from "./supplier.ts";
import { completeSettings, createWorld, emptyState, type GivenSettings } from "./world.ts";

const graceMs = 500;

export type SimulatorOptions = GivenSettings & {
  /** 0 takes a free port, which is also the default. */
  port?: number;
  controlPort?: number;
  /** Where the state is kept; null or left out: in memory. */
  dataFile?: string | null;
  /** Milliseconds since 1970; the simulator's clock is this plus what `/advance` added. */
  now?: () => number;
};

export type Simulator = {
  url: string;
  controlUrl: string;
  port: number;
  controlPort: number;
  apiKey: string;
  /** Saves and stops. Answers under way get half a second, then they are cut. */
  close(): Promise<void>;
};

/** Starts the supplier and its control port on loopback. Rejects when a port or the file can't be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, controlPort = 0, dataFile = null, now = Date.now, ...given } = options;
  const settings = completeSettings(given);
  const empty = () => emptyState(settings);
  const store = dataFile === null ? memoryStore(empty) : await openStore(dataFile, empty);
  const world = createWorld(settings, store, now);
  const log = createRequestLog();
  const closing = new AbortController();
  const supplier = createServer(createSupplier(world, log, closing.signal));
  const control = createServer(createControl(world, log));

  const ports = {
    port: await listen(supplier, port),
    controlPort: await listen(control, controlPort).catch(async (error) => {
      await stop(supplier, 0);
      throw error;
    }),
  };
  return {
    url: `http://127.0.0.1:${ports.port}`,
    controlUrl: `http://127.0.0.1:${ports.controlPort}`,
    ...ports,
    apiKey: settings.apiKey,
    async close() {
      closing.abort();
      await Promise.all([stop(supplier, graceMs), stop(control, graceMs)]);
      await store.flush();
    },
  };
}
