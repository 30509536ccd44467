import type { Material } from "#lib/events/material.ts";
import type { Core } from "#lib/platform/core.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Channels } from "./channels/open-channels.ts";
import type { PayloadStyle } from "./types.ts";

export type MaterialWanted = {
  orderId: string;
  style: Exclude<PayloadStyle, "thin">;
  endpointId: string;
  endpointName: string;
  deliveryId: string;
  /** Stock products that the endpoint asks for; none: all. */
  productIds: readonly string[];
};

/** What sending needs, built once a process. */
export type DeliveriesContext = Core & {
  sealer: Sealer;
  channels: Channels;
  /** Where people open the console: links in messages lead there. */
  consoleUrl: string;
  /** An order's codes or claim link, audited before they leave; orders and codes live rooms above. */
  material(wanted: MaterialWanted): Promise<Material>;
  /** Once aborted, what wasn't sent yet is given back instead. */
  stop?: AbortSignal;
  /** Called at each named step; only tests and the simulation give one, and may never come back from it. */
  reach?: (point: CrashPoint) => Promise<void>;
  /** Waits; by the real clock where left out. */
  sleep?: (ms: number) => Promise<unknown>;
};
