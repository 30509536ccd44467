import type { OpenEndpoint } from "./channel.ts";
import type { ClaimedEndpoint } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import { openEndpoint } from "./open-endpoint.ts";

/** Endpoints as their channels take them, each opened once a version. One a process. */
export type OpenEndpoints = { open(endpoint: ClaimedEndpoint): Promise<OpenEndpoint> };

/** Of more, the one that was asked for longest ago is forgotten. */
const MOST_KEPT = 500;

export function createOpenEndpoints(
  ctx: Pick<DeliveriesContext, "sealer" | "channels">,
): OpenEndpoints {
  const kept = new Map<string, { version: number; opened: Promise<OpenEndpoint> }>();
  return {
    open(endpoint) {
      const { id } = endpoint;
      const version = endpoint.updatedAt.getTime();
      const before = kept.get(id);
      kept.delete(id);
      const opened = before?.version === version ? before.opened : openEndpoint(ctx, endpoint);
      kept.set(id, { version, opened });
      // What can't be opened is tried anew: its key may be back.
      opened.catch(() => kept.get(id)?.opened === opened && kept.delete(id));
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return opened;
    },
  };
}
