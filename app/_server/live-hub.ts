import { listen, type Topic } from "#lib/platform/notify.ts";
import { runtime } from "./runtime.ts";

type Subscriber = {
  /** Must not throw. */
  tell(topic: Topic): void;
  /** The process is about to stop: a stream left open would hold it up. */
  end(): void;
};

const holder = globalThis as { keyholdSubscribers?: Promise<Set<Subscriber>> };

/**
 * Hears of changes for one browser. All browsers of this process share one database connection.
 * @returns how to stop
 */
export async function subscribe(subscriber: Subscriber): Promise<() => void> {
  holder.keyholdSubscribers ??= openHub().catch((error) => {
    holder.keyholdSubscribers = undefined;
    throw error;
  });
  const subscribers = await holder.keyholdSubscribers;
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

async function openHub(): Promise<Set<Subscriber>> {
  const ctx = await runtime();
  const { env, log, suppliers } = ctx;
  const subscribers = new Set<Subscriber>();
  listen(env.DATABASE_URL, log, (topic) => {
    if (topic === "suppliers") suppliers.refresh(ctx).catch(() => undefined);
    for (const { tell } of subscribers) tell(topic);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      for (const { end } of [...subscribers]) end();
    });
  }
  return subscribers;
}
