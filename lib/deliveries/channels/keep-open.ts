import type { OpenEndpoint } from "../channel.ts";

/** Long enough for a busy hour's pauses, short enough that nothing stays for an endpoint that was deleted. */
const IDLE_MS = 5 * 60_000;

type Kept<Client> = {
  version: string;
  client: Client;
  users: number;
  isRetired: boolean;
  idle: NodeJS.Timeout | undefined;
};

export type KeepOpen<Endpoint, Client> = {
  /**
   * Hands out the endpoint's client: the one that is open, or a new one where there is none or the endpoint was
   * edited since. `drop` has the next caller open another, after a connection broke.
   */
  use<Result>(
    endpoint: Endpoint,
    work: (client: Client, drop: () => void) => Promise<Result>,
  ): Promise<Result>;
  /** Of one endpoint, or all; those in use close as soon as they no longer are. */
  close(endpointId?: string): Promise<void>;
};

/**
 * One client an endpoint. It closes when it is idle for five minutes, so that nobody has to; a client that ends
 * by itself says so by the `drop` that it is opened with.
 */
export function keepOpen<Endpoint extends Pick<OpenEndpoint, "id" | "version">, Client>(
  open: (endpoint: Endpoint, drop: () => void) => Client,
  shut: (client: Client) => Promise<void>,
  idleMs = IDLE_MS,
): KeepOpen<Endpoint, Client> {
  const kept = new Map<string, Kept<Client>>();
  /** What can't even be closed properly is gone as well. */
  const shutQuietly = (client: Client) => shut(client).catch(() => undefined);

  const retire = async (id: string, entry: Kept<Client>): Promise<void> => {
    if (kept.get(id) === entry) kept.delete(id);
    clearTimeout(entry.idle);
    if (entry.isRetired) return;
    entry.isRetired = true;
    if (entry.users === 0) await shutQuietly(entry.client);
  };

  const take = (endpoint: Endpoint): Kept<Client> => {
    const current = kept.get(endpoint.id);
    if (current?.version === endpoint.version) return current;
    if (current) void retire(endpoint.id, current);
    let opened: Kept<Client> | undefined;
    const drop = () => opened && void retire(endpoint.id, opened);
    const entry: Kept<Client> = {
      version: endpoint.version,
      client: open(endpoint, drop),
      users: 0,
      isRetired: false,
      idle: undefined,
    };
    opened = entry;
    kept.set(endpoint.id, entry);
    return entry;
  };

  return {
    async use(endpoint, work) {
      const entry = take(endpoint);
      clearTimeout(entry.idle);
      entry.users += 1;
      try {
        return await work(entry.client, () => void retire(endpoint.id, entry));
      } finally {
        entry.users -= 1;
        // Not waited for: what came of the work is known, and goodbyes can take long.
        if (entry.users === 0 && entry.isRetired) void shutQuietly(entry.client);
        else if (entry.users === 0) {
          entry.idle = setTimeout(() => void retire(endpoint.id, entry), idleMs);
          entry.idle.unref();
        }
      }
    },
    async close(endpointId) {
      const leaving = [...kept].filter(([id]) => endpointId === undefined || id === endpointId);
      await Promise.all(leaving.map(([id, entry]) => retire(id, entry)));
    },
  };
}
