import { listen, type Topic } from "#lib/platform/notify.ts";
import { runtime } from "./runtime.ts";

type Subscriber = (topic: Topic) => void;

const holder = globalThis as { keyholdSubscribers?: Set<Subscriber> };

/**
 * Hears of changes for one browser. All browsers of this process share one database connection.
 * @returns how to stop
 */
export async function subscribe(subscriber: Subscriber): Promise<() => void> {
  if (!holder.keyholdSubscribers) {
    const subscribers = new Set<Subscriber>();
    holder.keyholdSubscribers = subscribers;
    const { env, log } = await runtime();
    listen(env.DATABASE_URL, log, (topic) => {
      for (const tell of subscribers) tell(topic);
    });
  }
  const subscribers = holder.keyholdSubscribers;
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}
