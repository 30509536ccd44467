import type { Core } from "#lib/platform/core.ts";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Channels } from "./channels/open-channels.ts";

/** What it takes to set an endpoint up. */
export type EndpointContext = Core & { sealer: Sealer; channels: Channels; guard: OutboundGuard };
